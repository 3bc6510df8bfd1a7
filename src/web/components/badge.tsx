import type { ReactNode } from 'react';

type Props = {
  readonly tone?: 'info' | 'success' | 'warning' | 'error';
  readonly children: ReactNode;
};

/** The words say it; the colour only helps. */
export const Badge = ({ tone, children }: Props) => (
  <span className={tone ? `badge badge-${tone}` : 'badge'}>{children}</span>
);
