import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { RunEvent } from '../../../api/types';
import { runEventsQuery, runQuery } from '../drill-queries';

/**
 * Follows a run as it goes on. The browser connects again by itself and asks for what it has missed; every event is added to those that are
 * shown, and the run is asked for anew. Returns whether the connection stands.
 */
export function useRunEvents(runId: string, isOpen: boolean): boolean {
  const client = useQueryClient();
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    if (!isOpen) return;
    const source = new EventSource(`/api/v1/drill-runs/${runId}/events`);
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as RunEvent;
      client.setQueryData(runEventsQuery(runId).queryKey, (known: RunEvent[] = []) =>
        known.some(({ number }) => number === event.number) ? known : [...known, event],
      );
      const shown = client.getQueryData(runQuery(runId).queryKey);
      if (!shown || shown.lastEvent < event.number)
        void client.invalidateQueries({ queryKey: runQuery(runId).queryKey, exact: true });
    };
    return () => source.close();
  }, [client, runId, isOpen]);
  return isConnected;
}
