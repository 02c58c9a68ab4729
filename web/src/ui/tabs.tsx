import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';

interface TabsProps<K extends string> {
  label: string;
  selected: K;
  onSelect: (key: K) => void;
  tabs: { key: K; title: ReactNode; content: () => ReactNode }[];
}

/** Tabs whose selection lives in the address; only the selected panel is drawn. */
export function Tabs<K extends string>({ label, selected, onSelect, tabs }: TabsProps<K>) {
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={(key) => onSelect(key as K)}>
      <TabList aria-label={label} className="no-print mb-5 flex flex-wrap gap-x-1 border-b border-line">
        {tabs.map((tab) => (
          <Tab
            key={tab.key}
            id={tab.key}
            className="inline-flex min-h-11 cursor-pointer items-center gap-1.5 border-b-4 border-transparent px-3 hover:bg-tint data-[selected]:border-primary data-[selected]:font-700 data-[selected]:text-primary"
          >
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.key} id={tab.key}>
          {tab.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
