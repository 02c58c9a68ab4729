import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { Button } from '../../ui/button';
import { useDuration } from '../../ui/format/duration';
import { Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Facts, Section } from '../../ui/page';
import { TierChangesSection } from '../tier-changes/tier-changes-section';
import { RetireDialog } from './retire-dialog';

/** Everything the ledger knows about a system. */
export function SystemDetailsTab({ system }: { system: System }) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const [retiring, setRetiring] = useState(false);
  const yesNo = (value: boolean) => t(value ? 'form.yes' : 'form.no');
  const text = (value: string | number | null) => value ?? '—';
  return (
    <div className="grid gap-8">
      {system.targetFindings.length > 0 && (
        <Notice look="warning" title={t('systems.targetFindings')}>
          <ul className="list-disc ps-5">
            {system.targetFindings.map(({ code, text: finding }) => (
              <li key={code + finding}>{finding}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts
        facts={[
          [t('systemFields.name'), system.name],
          [t('systemFields.nameEn'), text(system.nameEn)],
          [t('systemFields.code'), system.code],
          [t('systemFields.organisationId'), format.name(system.organisation)],
          [t('systemFields.ownerId'), system.owner?.displayName ?? t('systems.noOwner')],
          [t('systemFields.deputyId'), text(system.deputy?.displayName ?? null)],
          [
            t('systemFields.tier'),
            t('systems.tierSince', { tier: t(`domain:tier.${system.tier}`), date: format.date(system.tierSinceOn) }),
          ],
          [t('systemFields.lifecycle'), t(`domain:lifecycle.${system.lifecycle}`)],
          [t('systemFields.confidentiality'), text(system.confidentiality)],
          [t('systemFields.integrity'), text(system.integrity)],
          [t('systemFields.availability'), text(system.availability)],
          [t('systemFields.rto'), duration(system.rto)],
          [t('systemFields.rpo'), duration(system.rpo)],
          [t('systemFields.mtd'), duration(system.mtd)],
          [t('systemFields.hosting'), t(`domain:hosting.${system.hosting}`)],
          [t('systemFields.publicFacing'), yesNo(system.publicFacing)],
          [t('systemFields.outsourced'), yesNo(system.outsourced)],
          [t('systemFields.supplier'), text(system.supplier)],
          [t('systemFields.sites'), system.sites.length > 0 ? system.sites.join(t('form.listComma')) : '—'],
          [t('systemFields.note'), <span className="whitespace-pre-wrap">{text(system.note)}</span>],
          [t('systems.registeredOn'), format.date(system.registeredOn)],
          [t('systems.updatedAt'), format.instant(system.updatedAt)],
          ...(system.retiredOn ? [[t('systems.retiredOn'), format.date(system.retiredOn)] as [string, string]] : []),
        ]}
      />
      <TierChangesSection system={system} />
      {system.allowed.includes('systems:write') && system.lifecycle !== 'RETIRED' && (
        <Section title={t('systems.retireTitle')}>
          <p className="mb-3">{t('systems.retireText')}</p>
          <Button look="danger" onPress={() => setRetiring(true)}>
            {t('systems.retire')}
          </Button>
          {retiring && <RetireDialog system={system} onClose={() => setRetiring(false)} />}
        </Section>
      )}
    </div>
  );
}
