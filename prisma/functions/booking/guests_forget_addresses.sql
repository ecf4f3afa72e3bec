-- A guest is forgotten, whichever code deletes them: the log keeps that they gave a consent, but not from where.
CREATE OR REPLACE TRIGGER guests_forget_addresses AFTER DELETE ON guests FOR EACH ROW
  EXECUTE FUNCTION forget_link_addresses();
