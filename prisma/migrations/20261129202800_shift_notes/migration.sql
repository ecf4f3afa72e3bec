CREATE TABLE shift_notes (
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  version integer NOT NULL DEFAULT 0,
  text text,
  written_by uuid,
  written_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT shift_notes_pkey PRIMARY KEY (restaurant_id, service_date),
  CONSTRAINT shift_notes_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT shift_notes_writer_fkey FOREIGN KEY (written_by) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT shift_notes_text_length CHECK (char_length(text) BETWEEN 1 AND 500)
);
CREATE INDEX shift_notes_date_idx ON shift_notes (service_date);
CREATE INDEX shift_notes_writer_idx ON shift_notes (written_by) WHERE written_by IS NOT NULL;
