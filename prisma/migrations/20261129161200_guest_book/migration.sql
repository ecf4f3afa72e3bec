-- Locks guests exclusively while it is rewritten for its generated columns: seconds for a million guests, in
-- which staff's phone bookings wait. Diners' bookings don't read it.
ALTER TABLE guests
  ADD COLUMN account_id uuid,
  ADD COLUMN merged_into uuid,
  ADD COLUMN note text,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT guests_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT guests_note_length CHECK (char_length(note) BETWEEN 1 AND 500);
ALTER TABLE guests
  ADD COLUMN is_entry boolean NOT NULL GENERATED ALWAYS AS (merged_into IS NULL) STORED,
  ADD COLUMN into_entry boolean GENERATED ALWAYS AS (CASE WHEN merged_into IS NOT NULL THEN true END) STORED;
CREATE UNIQUE INDEX guests_entry_key ON guests (id, restaurant_id, is_entry);
-- Who is merged points to an entry of the same restaurant that is merged into nobody: no chain, no circle.
ALTER TABLE guests
  ADD CONSTRAINT guests_merged_fkey FOREIGN KEY (merged_into, restaurant_id, into_entry)
    REFERENCES guests (id, restaurant_id, is_entry) ON DELETE NO ACTION ON UPDATE NO ACTION;
CREATE UNIQUE INDEX guests_one_per_account ON guests (restaurant_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX guests_account_idx ON guests (account_id);
CREATE INDEX guests_merged_idx ON guests (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE guest_tags (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  name text NOT NULL,
  color text NOT NULL,
  CONSTRAINT guest_tags_pkey PRIMARY KEY (id),
  CONSTRAINT guest_tags_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT guest_tags_name_length CHECK (char_length(name) BETWEEN 1 AND 20),
  CONSTRAINT guest_tags_color_known CHECK (color IN ('ACCENT', 'GREEN', 'AMBER', 'GREY'))
);
CREATE UNIQUE INDEX guest_tags_name_once ON guest_tags (restaurant_id, name);
CREATE UNIQUE INDEX guest_tags_id_restaurant_key ON guest_tags (id, restaurant_id);

CREATE TABLE guest_tag_marks (
  guest_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  restaurant_id uuid NOT NULL,
  CONSTRAINT guest_tag_marks_pkey PRIMARY KEY (guest_id, tag_id),
  CONSTRAINT guest_tag_marks_guest_fkey FOREIGN KEY (guest_id, restaurant_id) REFERENCES guests (id, restaurant_id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT guest_tag_marks_tag_fkey FOREIGN KEY (tag_id, restaurant_id) REFERENCES guest_tags (id, restaurant_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX guest_tag_marks_tag_idx ON guest_tag_marks (tag_id);

-- Health data: no row without a consent, and no consent without how and when it was given.
CREATE TABLE guest_diets (
  guest_id uuid NOT NULL,
  restaurant_id uuid NOT NULL,
  allergies text,
  dislikes text,
  consent_way text NOT NULL,
  consented_at timestamptz(3) NOT NULL,
  noted_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT guest_diets_pkey PRIMARY KEY (guest_id),
  CONSTRAINT guest_diets_guest_fkey FOREIGN KEY (guest_id, restaurant_id) REFERENCES guests (id, restaurant_id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT guest_diets_says_something CHECK (num_nonnulls(allergies, dislikes) > 0),
  CONSTRAINT guest_diets_allergies_length CHECK (char_length(allergies) BETWEEN 1 AND 200),
  CONSTRAINT guest_diets_dislikes_length CHECK (char_length(dislikes) BETWEEN 1 AND 200),
  CONSTRAINT guest_diets_consent_way_known CHECK (consent_way IN ('IN_PERSON', 'PHONE', 'MESSAGE', 'LINK')),
  CONSTRAINT guest_diets_consented_before_noted CHECK (consented_at <= noted_at)
);
