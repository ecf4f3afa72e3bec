-- How long before its hours a restaurant's line takes parties; half an hour unless the owner says.
ALTER TABLE line_settings ADD COLUMN opens_before_minutes smallint NOT NULL DEFAULT 30;
ALTER TABLE line_settings ADD CONSTRAINT line_settings_opens_before_range CHECK (opens_before_minutes BETWEEN 0 AND 240);
