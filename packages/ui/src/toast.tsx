import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import {
  UNSTABLE_Toast as AriaToast,
  Button,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';

/*
 * React Aria still ships its toast under UNSTABLE_ names. This is the only file that knows; the
 * rest of the product calls `notify`.
 */

export interface Notice {
  tone: 'done' | 'problem' | 'news';
  title: string;
  detail?: string;
  /** One thing to do about it, such as undo. The toast closes when it is pressed. */
  action?: { label: string; run: () => void };
}

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 });

const calmMs = 6_000;
const undoMs = 20_000;

/**
 * Shows a notice and returns a function that takes it away. Problems stay until closed; a notice
 * with an action stays long enough to be reached by keyboard.
 */
export function notify(notice: Notice): () => void {
  const timeout =
    notice.tone === 'problem' ? undefined : notice.action === undefined ? calmMs : undoMs;
  const key = queue.add(notice, { timeout });
  return () => queue.close(key);
}

/** Tells that something was done and offers to take it back, instead of asking beforehand. */
export function notifyUndo(title: string, undo: () => void): () => void {
  return notify({ tone: 'done', title, action: { label: 'Undo', run: undo } });
}

const icons = { done: CircleCheck, problem: CircleAlert, news: Info };
const iconTone = { done: 'text-positive', problem: 'text-critical', news: 'text-info' };

/** The place where notices appear; once per application. */
export function Toaster() {
  return (
    <ToastRegion
      queue={queue}
      aria-label="Notices"
      className="fixed inset-x-3 bottom-20 z-50 flex flex-col-reverse gap-2 outline-none sm:inset-x-auto sm:right-5 sm:bottom-5 sm:w-96"
    >
      {({ toast }) => {
        const { tone, title, detail, action } = toast.content;
        const Icon = icons[tone];
        return (
          <AriaToast
            toast={toast}
            className="flex animate-rise-in items-start gap-3 rounded-lg border border-line bg-raised py-3 pr-2 pl-3.5 text-ink shadow-float"
          >
            <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${iconTone[tone]}`} />
            <ToastContent className="min-w-0 flex-1">
              <Text slot="title" className="block font-medium text-base">
                {title}
              </Text>
              {detail ? (
                <Text slot="description" className="block text-ink-soft text-sm">
                  {detail}
                </Text>
              ) : null}
            </ToastContent>
            {action ? (
              <Button
                onPress={() => {
                  action.run();
                  queue.close(toast.key);
                }}
                className="min-h-7 cursor-pointer rounded-md px-2 font-semibold text-accent-ink text-base underline-offset-3 data-hovered:underline"
              >
                {action.label}
              </Button>
            ) : null}
            <Button
              slot="close"
              aria-label="Close this notice"
              className="flex size-7 cursor-pointer items-center justify-center rounded-md text-ink-soft data-hovered:bg-hover"
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          </AriaToast>
        );
      }}
    </ToastRegion>
  );
}
