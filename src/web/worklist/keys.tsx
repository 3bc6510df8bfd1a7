import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icon.tsx';

const REMEMBERED = 'bindeled.keys';

/** Single keys as shortcuts must be possible to switch off (WCAG 2.1.4); the choice stays on this machine. */
const useSwitch = (): [boolean, (on: boolean) => void] => {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(REMEMBERED) !== 'off';
    } catch {
      return true;
    }
  });
  const choose = (wanted: boolean) => {
    setOn(wanted);
    try {
      localStorage.setItem(REMEMBERED, wanted ? 'on' : 'off');
    } catch {
      // Not remembered, then.
    }
  };
  return [on, choose];
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** Moves the focus to the row above or below the one that has it; from elsewhere to the first. */
const step = (by: 1 | -1): boolean => {
  const rows: Element[] = [...document.querySelectorAll('[data-row]')];
  const at = document.activeElement ? rows.indexOf(document.activeElement) : -1;
  const next = at < 0 ? rows[0] : rows[at + by];
  if (!(next instanceof HTMLElement)) return false;
  next.focus();
  return true;
};

const LINES = [
  ['↑ ↓', 'updown'],
  ['Enter', 'enter'],
  ['/', 'slash'],
  ['?', 'question'],
] as const;

/** Up and down, Enter, `/` and `?`; the list of them is shown when asked for. */
export const Keys = ({ search }: { readonly search: RefObject<HTMLInputElement | null> }) => {
  const { t } = useTranslation();
  const [on, setOn] = useSwitch();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    if (!on) return;
    const act = (event: KeyboardEvent): boolean => {
      if (event.key === 'ArrowDown') return step(1);
      if (event.key === 'ArrowUp') return step(-1);
      if (event.key === '/') search.current?.focus();
      else if (event.key === '?') dialog.current?.showModal();
      else return false;
      return true;
    };
    const listen = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (modified || isTyping(event.target) || dialog.current?.open) return;
      if (act(event)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on, search]);

  return (
    <>
      <button type="button" className="function-link keys-button" onClick={() => dialog.current?.showModal()}>
        <Icon name="help" />
        {t('worklist.keys.button')}
      </button>
      <dialog ref={dialog} className="keys-dialog" aria-labelledby="keys-title">
        <h2 id="keys-title">{t('worklist.keys.title')}</h2>
        <dl>
          {LINES.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(`worklist.keys.${what}`)}</dd>
            </div>
          ))}
        </dl>
        <div className="form-group-checkbox">
          <input
            className="form-checkbox"
            type="checkbox"
            id="keys-on"
            checked={on}
            onChange={(event) => setOn(event.target.checked)}
          />
          <label className="form-label" htmlFor="keys-on">
            {t('worklist.keys.on')}
          </label>
        </div>
        <button type="button" className="button button-secondary" onClick={() => dialog.current?.close()}>
          {t('common.close')}
        </button>
      </dialog>
    </>
  );
};
