type Props = { readonly number: string; readonly large?: boolean };

export const Phone = ({ number, large = false }: Props) => (
  <a className={large ? 'phone phone-large' : 'phone'} href={`tel:${number.replaceAll(' ', '')}`}>
    {number}
  </a>
);
