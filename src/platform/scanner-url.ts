/** `tcp://HOST:PORT` or `unix:/PATH`: the two ways in which clamd listens. */
export const isScannerUrl = (address: string): boolean => {
  const parsed = URL.parse(address);
  if (parsed?.protocol === 'unix:') return parsed.pathname.startsWith('/') && parsed.pathname.length > 1;
  return parsed?.protocol === 'tcp:' && parsed.hostname !== '';
};
