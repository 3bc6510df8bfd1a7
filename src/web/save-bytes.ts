/** Saves bytes that came as text under a name; the address that it makes lasts no longer than the click. */
export const saveBytes = (fileName: string, base64: string, type: string): void => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
};
