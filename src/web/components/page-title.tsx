import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly title: string;
  readonly subheading?: ReactNode;
  /** What the window is called, where that is not the heading. */
  readonly windowTitle?: string;
};

/** The first page is announced by the browser itself; only later ones move the focus. */
let arrived = false;

/** The heading of a page. A new one takes the focus, so that screen readers and keyboards begin there. */
export const PageTitle = ({ title, subheading, windowTitle }: Props) => {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowTitle ?? title} – ${t('common.product')}`;
  }, [title, windowTitle, t]);
  useEffect(() => {
    if (arrived) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    arrived = true;
  }, []);
  return (
    <>
      {subheading ? <p className="step-subheading">{subheading}</p> : null}
      <h1 ref={heading} tabIndex={-1} className="page-title">
        {title}
      </h1>
    </>
  );
};
