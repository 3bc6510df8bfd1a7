/** How a text may stand in bytes: plain, hex, base64 at each of three alignments, quoted-printable, escaped, in a URL. */
export const encodings = (text: string): string[] => {
  const utf8 = Buffer.from(text);
  const latin1 = (bytes: Buffer): string => bytes.toString('latin1');
  const base64 = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64');
    // The first and last letters also hold bits of what stands beside it.
    return whole.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + utf8.length) * 4) / 3));
  });
  const quoted = latin1(utf8).replace(/[^ -<>-~]/g, (byte) => `=${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const escaped = text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const all = [
    latin1(utf8),
    latin1(Buffer.from(text, 'utf16le')),
    text,
    utf8.toString('hex'),
    ...base64,
    ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    quoted,
    escaped,
    encodeURIComponent(text),
  ];
  return [...new Set(all.map((one) => one.toLowerCase()))];
};

/** Which of the texts stand in the bytes in any encoding, whatever the case. */
export const found = (bytes: Uint8Array, texts: readonly string[]): string[] => {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').toLowerCase();
  return texts.filter((text) => encodings(text).some((one) => raw.includes(one)));
};

/** The same in a mail, where a line may end in the middle of a word. */
export const foundInMail = (bytes: Buffer, texts: readonly string[]): string[] => {
  const raw = bytes.toString('latin1');
  const folded = [raw, raw.replaceAll('=\r\n', ''), raw.replaceAll('\r\n', '')];
  return texts.filter((text) => folded.some((one) => found(Buffer.from(one, 'latin1'), [text]).length > 0));
};
