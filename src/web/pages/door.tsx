import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { DoorKind } from '#domain/door.ts';
import { Before } from '../door/before.tsx';
import { ChildForm } from '../door/child-form.tsx';
import { Done, type Received } from '../door/done.tsx';
import { AtDoor } from '../door/place.ts';
import { KIND_OF } from '../door/slugs.ts';
import { Writing } from '../door/writing.tsx';
import { NotFoundPage } from './not-found.tsx';

const Way = ({ kind }: { readonly kind: DoorKind }) => {
  const navigate = useNavigate();
  const [begun, setBegun] = useState(false);
  const [received, setReceived] = useState<Received | null>(null);
  if (received) return <Done kind={kind} received={received} />;
  if (!begun) {
    const begin = (): void => {
      setBegun(true);
      void navigate({ to: '.', search: {}, replace: true });
    };
    return <Before kind={kind} begin={begin} />;
  }
  return <Writing kind={kind} done={setReceived} />;
};

/** One kind of notifier at the door: what to know, the form, the code, the confirmation. A reload begins anew. */
export const DoorPage = () => {
  const { hvem } = useParams({ from: '/underret/$hvem' });
  const kind = KIND_OF[hvem];
  if (!kind) return <NotFoundPage />;
  return <AtDoor value={kind}>{kind === 'child' ? <ChildForm /> : <Way key={kind} kind={kind} />}</AtDoor>;
};
