import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { client, type Outputs, queryClient, withKey } from '../api.ts';
import { problemOf } from '../problem.ts';
import { sessionQuery } from '../session.tsx';
import { fromInput } from './from-input.ts';
import { toInput } from './to-input.ts';
import type { FormValues } from './values.ts';

export type StoredDraft = Outputs['drafts']['get'];
export type DraftState =
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'saving' | 'unsaved' | 'stale' | 'gone' };

const QUIET = 800;
const RETRY = 5_000;
const FRESH_ENOUGH = 20_000;

type Intent = { readonly body: string; readonly key: string };

/**
 * Saves what is typed, one save at a time, a moment after the last key. A save that a colleague's has overtaken
 * loses nothing: the text stays on the screen until the writer has chosen.
 */
export const useDraft = (stored: StoredDraft, form: UseFormReturn<FormValues>) => {
  const [state, setState] = useState<DraftState>({ kind: 'saved', at: stored.updatedAt });
  const version = useRef(stored.stateVersion);
  const saved = useRef<string>(JSON.stringify(toInput(form.getValues())));
  const savedAt = useRef(stored.updatedAt);
  /** Saving waits until the writer has chosen between two versions. */
  const waiting = useRef(false);
  const intent = useRef<Intent | null>(null);
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { id } = stored;

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const input = toInput(form.getValues());
    const body = JSON.stringify(input);
    if (waiting.current) return false;
    if (body === saved.current) {
      setState({ kind: 'saved', at: savedAt.current });
      return true;
    }
    setState({ kind: 'saving' });
    const attempt = `${version.current} ${body}`;
    if (intent.current?.body !== attempt) intent.current = { body: attempt, key: crypto.randomUUID() };
    try {
      const given = { id, stateVersion: version.current, form: input };
      const done = await client.drafts.save.mutate(given, withKey(intent.current.key));
      version.current = done.stateVersion;
      saved.current = body;
      const { now } = await queryClient.fetchQuery({ ...sessionQuery, staleTime: FRESH_ENOUGH });
      savedAt.current = now;
      setState({ kind: 'saved', at: now });
      return true;
    } catch (error) {
      const { code } = problemOf(error);
      waiting.current = code === 'STALE' || code === 'NOT_FOUND';
      setState({ kind: code === 'STALE' ? 'stale' : code === 'NOT_FOUND' ? 'gone' : 'unsaved' });
      return false;
    }
  }, [form, id]);

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    queue.current = queue.current.then(saveOnce, saveOnce);
    return queue.current;
  }, [saveOnce]);

  useEffect(() => {
    const later = () => {
      // What was saved is no longer what stands here, and the page must not say that it is.
      setState((shown) => (shown.kind === 'saved' ? { kind: 'saving' } : shown));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), QUIET);
    };
    const stop = form.subscribe({ formState: { values: true }, callback: later });
    return () => {
      stop();
      // Leaving the page within the quiet moment must not lose the last words.
      void flush();
    };
  }, [form, flush]);

  useEffect(() => {
    if (state.kind !== 'unsaved') return;
    const again = setTimeout(() => void flush(), RETRY);
    return () => clearTimeout(again);
  }, [state, flush]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (JSON.stringify(toInput(form.getValues())) !== saved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [form]);

  /** After a colleague's save: go on with one of the two versions. */
  const settle = useCallback(
    async (keep: 'mine' | 'theirs') => {
      try {
        const latest = await client.drafts.get.query({ id });
        version.current = latest.stateVersion;
        waiting.current = false;
        if (keep === 'theirs') {
          const values = fromInput(latest.form);
          saved.current = JSON.stringify(toInput(values));
          savedAt.current = latest.updatedAt;
          form.reset(values);
          setState({ kind: 'saved', at: latest.updatedAt });
        } else {
          saved.current = '';
          await flush();
        }
      } catch (error) {
        setState({ kind: problemOf(error).code === 'NOT_FOUND' ? 'gone' : 'stale' });
      }
    },
    [form, id, flush],
  );

  return { state, flush, settle, version: () => version.current };
};
