import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { queryClient } from '../api.ts';
import { type Problem, problemOf } from '../problem.ts';
import { upload } from '../upload.ts';
import { exceptDrafts } from '../use-act.ts';

type Options = {
  readonly path: string;
  readonly done: () => void;
  readonly stopped: () => void;
  readonly failed: (problem: Problem) => void;
};

/** One file on its way. What is sent again after a failed connection carries the same key, and is kept once. */
export const useUpload = ({ path, done, stopped, failed }: Options) => {
  const [part, setPart] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const intent = useRef<{ file: File; key: string } | null>(null);
  const mutation = useMutation({
    retry: false,
    mutationFn: (file: File) => {
      if (intent.current?.file !== file) intent.current = { file, key: crypto.randomUUID() };
      stop.current = new AbortController();
      setPart(0);
      return upload(path, file, { key: intent.current.key, progress: setPart, signal: stop.current.signal });
    },
    onSuccess: async () => {
      intent.current = null;
      await queryClient.invalidateQueries(exceptDrafts);
      done();
    },
    onError: (error) => {
      if (stop.current?.signal.aborted) return stopped();
      const problem = problemOf(error);
      if (problem.code !== 'OFFLINE') intent.current = null;
      failed(problem);
    },
  });
  const problem = mutation.error && !stop.current?.signal.aborted ? problemOf(mutation.error) : null;
  return { send: mutation.mutate, stop: () => stop.current?.abort(), pending: mutation.isPending, part, problem };
};
