import { useNavigate } from '@tanstack/react-router';
import type { Reminder } from '../../api/types';

/** Which drill is planned for the duty, or that none is, with the way there. */
export function RemindedDrill({ drill: { text, path } }: { drill: NonNullable<Reminder['obligation']['drill']> }) {
  const navigate = useNavigate();
  const follow = (event: React.MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate({ href: path });
  };
  return (
    <a href={path} onClick={follow} className="text-link inline-flex min-h-6 items-center text-[0.875rem]">
      {text}
    </a>
  );
}
