-- AlterTable
ALTER TABLE "feedback" ADD COLUMN     "to_suspect" BOOLEAN NOT NULL DEFAULT false;

-- As the journal tells it: by the last word on the notifier when it was given or proposed.
update "feedback" f set "to_suspect" = true
where (
  select e.kind from referral own join referral r on r.notification_id = own.notification_id
    join case_event e on e.referral_id = r.id
  where own.id = f.referral_id and e.kind in ('notifier-suspected', 'notifier-cleared') and e.registered_at <= f.given_at
  order by e.registered_at desc, e.referral_id desc, e.seq desc limit 1
) = 'notifier-suspected';
