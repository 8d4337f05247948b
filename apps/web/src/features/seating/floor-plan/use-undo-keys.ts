import { useEffect } from 'react';
import type { PlanStore } from '../plan-store.ts';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));

/** Ctrl+Z takes back, Ctrl+Y or Ctrl+Shift+Z does again, anywhere on the page but in a field. */
export function useUndoKeys(store: PlanStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      const { plan, canEdit, pendingCount } = store.state();
      // While an answer is awaited only the server knows whether there is something.
      const isOpen = pendingCount > 0;
      const isRedo = key === 'y' || event.shiftKey;
      event.preventDefault();
      if (!canEdit) return;
      if (isRedo && (plan.canRedo || isOpen)) void store.actions.redo();
      else if (!isRedo && (plan.canUndo || isOpen)) void store.actions.undo();
      else
        store.actions.announce(
          isRedo ? 'There is nothing to do again.' : 'There is nothing to undo.',
        );
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}
