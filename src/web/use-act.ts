import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { queryClient, withKey } from './api.ts';
import { type Problem, problemOf } from './problem.ts';

type Procedure<In, Out> = {
  mutate: (input: In, options?: { context?: Record<string, unknown> }) => Promise<Out>;
};

type Options<In, Out> = {
  readonly done?: (out: Out, input: In) => void | Promise<void>;
  readonly failed?: (problem: Problem, input: In) => void;
  /** Most acts change what the lists show; saving a draft does not. */
  readonly refresh?: boolean;
  /** Of one thing that must never be done twice, whatever is sent for it. */
  readonly key?: string;
};

export type ActHandle<In> = {
  readonly run: (input: In) => void;
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly reset: () => void;
};

/**
 * One act. What is sent again unchanged after a failure carries the same key, so that it is done at most once.
 */
export const useAct = <In, Out>(procedure: Procedure<In, Out>, options: Options<In, Out> = {}): ActHandle<In> => {
  const intent = useRef<{ body: string; key: string } | null>(null);
  const mutation = useMutation({
    mutationFn: (input: In) => {
      // Of an act that takes nothing it is undefined, as JSON has it.
      const body = JSON.stringify(input) ?? '';
      if (intent.current?.body !== body) intent.current = { body, key: crypto.randomUUID() };
      return procedure.mutate(input, withKey(options.key ?? intent.current.key));
    },
    onSuccess: async (out, input) => {
      intent.current = null;
      // The page is read anew before the act counts as done: the next one must name the version that stands now.
      if (options.refresh !== false) await queryClient.invalidateQueries(exceptDrafts);
      await options.done?.(out, input);
    },
    onError: (error, input) => {
      // A refusal is an answer: the next attempt is a new intent, judged afresh.
      const problem = problemOf(error);
      if (problem.code !== 'OFFLINE') intent.current = null;
      options.failed?.(problem, input);
    },
  });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    pending: mutation.isPending,
    problem: mutation.error ? problemOf(mutation.error) : null,
    reset: mutation.reset,
  };
};

/** An open draft is the writer's own: nothing that happens elsewhere may replace the text on the screen. */
export const exceptDrafts = {
  predicate: (query: { queryKey: readonly unknown[] }): boolean => {
    const [path] = query.queryKey;
    return !(Array.isArray(path) && path[0] === 'drafts' && path[1] === 'get');
  },
};
