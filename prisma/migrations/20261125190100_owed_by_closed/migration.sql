-- What closed cases still owe (feedback survives closing): so few beside all closed ones that the list of them is a page.
CREATE INDEX referral_owed ON referral (owner_unit_id, next_due_at, id) WHERE closed_at IS NOT NULL AND next_due_at < '9999-12-31 00:00:00+00';
