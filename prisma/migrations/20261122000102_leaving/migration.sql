-- Whoever leaves the service is looked up in everything that names them; without these, deleting one
-- account would read all invitations.
CREATE INDEX staff_invitations_inviter_idx ON staff_invitations (invited_by);
CREATE INDEX staff_invitations_email_idx ON staff_invitations (email);
