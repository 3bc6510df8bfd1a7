/** How many attempts may be under way at once, in this process. */
export type LaneLimits = { readonly perAddress: number; readonly perDomain: number };

export type Lanes = {
  /** False when the address or its domain has as many under way as it may: the message is then kept in mind. */
  readonly enter: (address: string, messageId: string) => boolean;
  /** An attempt has ended. Answers the messages kept in mind whose turn has come, the longest waiting first. */
  readonly leave: (address: string) => readonly string[];
  /** The same where a message that was called had nothing to be sent any more: its turn is the next one's. */
  readonly passOn: () => readonly string[];
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/**
 * Keeps a slow address, or a slow domain, from taking every connection: what is beyond its limit gives its place back
 * and waits here by id, holding neither connection nor worker. A process that dies forgets them, and the sweep for stuck
 * messages finds them.
 */
export const createLanes = ({ perAddress, perDomain }: LaneLimits): Lanes => {
  const underWay = new Map<string, number>();
  const waiting = new Map<string, string>();

  const lanesOf = (address: string) => [
    { key: `address ${address.toLowerCase()}`, most: perAddress },
    { key: `domain ${domainOf(address)}`, most: perDomain },
  ];
  const change = (address: string, by: 1 | -1): void => {
    for (const { key } of lanesOf(address)) {
      const left = (underWay.get(key) ?? 0) + by;
      if (left === 0) underWay.delete(key);
      else underWay.set(key, left);
    }
  };
  const isFree = (address: string): boolean =>
    lanesOf(address).every(({ key, most }) => (underWay.get(key) ?? 0) < most);

  /** One place is free: the first who fits takes it, and calls the next when they leave. */
  const passOn = (): readonly string[] => {
    for (const [messageId, to] of waiting) {
      if (!isFree(to)) continue;
      waiting.delete(messageId);
      return [messageId];
    }
    return [];
  };

  return {
    passOn,
    enter: (address, messageId) => {
      if (isFree(address)) {
        change(address, 1);
        return true;
      }
      waiting.set(messageId, address);
      return false;
    },
    leave: (address) => {
      change(address, -1);
      return passOn();
    },
  };
};
