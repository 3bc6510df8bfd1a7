import { extractText, getDocumentProxy } from 'unpdf';

type Node = { readonly role?: string; readonly children?: readonly Node[] };
const rolesOf = ({ role, children = [] }: Node): string[] => [...(role ? [role] : []), ...children.flatMap(rolesOf)];

/** A PDF as a reader sees it: its words, whether it is tagged and how, and what it says of itself. */
export const readPdf = async (base64: string) => {
  const bytes = Buffer.from(base64, 'base64');
  // The reader takes over the bytes that it is given.
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  const trees = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, n) => (await pdf.getPage(n + 1)).getStructTree()),
  );
  const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } };
  return {
    text,
    pages: pdf.numPages,
    marked: ((await pdf.getMarkInfo()) as { Marked?: boolean } | null)?.Marked ?? false,
    title: info.Title,
    language: info.Language,
    /** Of each page, in reading order. */
    roles: trees.map((tree) => rolesOf(tree as Node)),
    raw: bytes.toString('latin1'),
  };
};

/** Where lines break is the page's business, not the text's. */
export const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, '');
