import { useTranslation } from 'react-i18next';

type Props = {
  readonly list: { readonly hasNextPage: boolean; readonly fetchNextPage: () => Promise<unknown> };
  /** How much of it is shown, in words. */
  readonly showing: string;
};

/** How much of a list is shown, and the way to the rest of it. */
export const More = ({ list, showing }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      <p role="status" className="muted">
        {showing}
      </p>
      {list.hasNextPage ? (
        <button type="button" className="button button-secondary" onClick={() => void list.fetchNextPage()}>
          {t('worklist.more')}
        </button>
      ) : null}
    </>
  );
};
