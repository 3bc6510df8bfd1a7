import { recordScan } from '#usecases/record-scan.ts';
import { scanAttachment } from '#usecases/scan-attachment.ts';
import type { Handler } from './handler.ts';

const RULE = 'file.scan';

/** A file is looked through, and what was found is recorded by the time it is then. Killed in between, it is looked through again. */
export const fileScan: Handler<'file.scan'> = async (makeCtx, { attachmentId }) => {
  const verdict = await scanAttachment(await makeCtx(RULE), attachmentId);
  if (verdict) await recordScan(await makeCtx(RULE), { id: attachmentId, verdict });
};
