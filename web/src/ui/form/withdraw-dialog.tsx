import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client';
import { ConfirmDialog } from '../dialog';
import { ProblemNotice } from '../feedback';
import { announce } from '../toast';

interface Props {
  /** What it is withdrawn at, such as `/waivers/:id/withdraw`. */
  path: string;
  /** Also what the button says. */
  title: string;
  /** What is lost by it. */
  text: string;
  done: string;
  onDone: () => void;
  onClose: () => void;
}

/** Asks before a request is taken back, which cannot be undone, and says so when it is. */
export function WithdrawDialog({ path, title, text, done, onDone, onClose }: Props) {
  const withdraw = useMutation({
    mutationFn: () => api.post(path, {}),
    onSuccess: () => {
      announce(done);
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={title}
      confirm={title}
      pending={withdraw.isPending}
      onConfirm={() => withdraw.mutate()}
      onCancel={onClose}
    >
      <p>{text}</p>
      {withdraw.error && <ProblemNotice error={withdraw.error} />}
    </ConfirmDialog>
  );
}
