import { useTranslation } from 'react-i18next';

type Props = {
  readonly list: { readonly hasNextPage: boolean; readonly fetchNextPage: () => Promise<unknown> };
  readonly count: number;
};

/** How much of a list is shown, and the way to the rest of it. */
export const More = ({ list, count }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      <p role="status" className="muted">
        {t('worklist.showing', { count })}
      </p>
      {list.hasNextPage ? (
        <button type="button" className="button button-secondary" onClick={() => void list.fetchNextPage()}>
          {t('worklist.more')}
        </button>
      ) : null}
    </>
  );
};
