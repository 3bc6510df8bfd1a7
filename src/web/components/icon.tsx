import sprite from 'dkfds/dist/img/all-svg-icons.svg';

type Props = { readonly name: string; readonly className?: string };

/** Always beside a text that says the same, so hidden from screen readers. */
export const Icon = ({ name, className }: Props) => (
  <svg className={className ? `icon-svg ${className}` : 'icon-svg'} focusable="false" aria-hidden="true">
    <use href={`${sprite}#${name}`} />
  </svg>
);
