/** Of CRC-32 (ISO 3309), the check that an archive keeps of each file. */
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

type Field = readonly [size: 2 | 4, value: number];

const fields = (...list: readonly Field[]): Uint8Array => {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
};

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980: an archive tells when it was made in what it holds. */
const DATE = 0x0021;

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

/** An archive of files as they are, not packed (APPNOTE 6.3.9 §§ 4.3.7, 4.3.12, 4.3.16). The same files give the same bytes. */
export const zipOf = (entries: readonly ZipEntry[]): Uint8Array => {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const encoded = new TextEncoder().encode(name);
    const head: readonly Field[] = [
      ...([
        [2, VERSION],
        [2, FLAGS],
        [2, 0],
        [2, 0],
        [2, DATE],
      ] as const),
      ...([
        [4, crc32(bytes)],
        [4, bytes.length],
        [4, bytes.length],
        [2, encoded.length],
        [2, 0],
      ] as const),
    ];
    const header = fields([4, 0x04034b50], ...head);
    local.push(header, encoded, bytes);
    const rest = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const;
    central.push(fields([4, 0x02014b50], [2, VERSION], ...head, ...rest), encoded);
    offset += header.length + encoded.length + bytes.length;
  }
  const directory = joined(central);
  const count = entries.length;
  const end: readonly Field[] = [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ];
  return joined([...local, directory, fields(...end)]);
};
