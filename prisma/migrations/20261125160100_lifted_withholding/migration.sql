-- What was withheld, or proposed to be, can be lifted.
ALTER TABLE feedback DROP CONSTRAINT feedback_state;
ALTER TABLE feedback ADD CONSTRAINT feedback_state CHECK (state IN ('given', 'delivered', 'awaiting-approval', 'withheld', 'refused', 'lifted'));
