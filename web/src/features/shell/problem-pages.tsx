import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button';
import { ProblemNotice } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('problem.notFound')} />
      <p className="mb-4">{t('problem.notFoundText')}</p>
      <LinkButton to="/">{t('problem.home')}</LinkButton>
    </>
  );
}

export function NotPermittedPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('problem.notPermitted')} />
      <p className="mb-4">{t('problem.notPermittedText')}</p>
      <LinkButton to="/">{t('problem.home')}</LinkButton>
    </>
  );
}

export function ProblemPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="p-4">
      <PageHeader title={t('problem.title')} />
      <ProblemNotice error={error} onRetry={again} />
    </div>
  );
}
