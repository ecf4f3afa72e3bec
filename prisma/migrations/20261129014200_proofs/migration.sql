-- A mailed code that proves who a person is, in one session; and the link that undoes a change of address.
ALTER TABLE account_links
  DROP CONSTRAINT account_links_purpose_known,
  ADD CONSTRAINT account_links_purpose_known
    CHECK (purpose IN ('CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'UNDO_ADDRESS', 'PROVE'));

ALTER TABLE link_requests
  ADD COLUMN session_id uuid,
  ADD CONSTRAINT link_requests_session_fkey FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT link_requests_proof_of_session CHECK ((purpose = 'PROVE') = (session_id IS NOT NULL)),
  DROP CONSTRAINT link_requests_purpose_known,
  ADD CONSTRAINT link_requests_purpose_known CHECK (purpose IN ('CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'PROVE'));
CREATE INDEX link_requests_session_idx ON link_requests (session_id);
