import { AxeBuilder } from '@axe-core/playwright';
import { debianPackages } from '@wedsync/platform/required-package';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, headless and offline: the flags keep it from calling home. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: debianPackages.chromium,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

export interface PageOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
}

/** A page in a browser profile of its own. */
export async function openPage(
  browser: Browser,
  { width = 1280, height = 900, colorScheme = 'light', javaScriptEnabled = true }: PageOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    javaScriptEnabled,
    reducedMotion: 'reduce',
  });
  return { page: await context.newPage(), context };
}

const accessibilityRules = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22aa',
  'best-practice',
];

/** Frames in which nothing may run: not even axe, which would wait for their answer for ever. */
const silentFrames = 'iframe[sandbox]:not([sandbox~="allow-scripts"])';

/**
 * Where React Aria speaks to screen readers. For seven seconds an announcement names its button by
 * id, also when the button's page has gone meanwhile.
 */
const announcements = '[data-live-announcer]';

/**
 * What axe finds on the page as it stands, one line per violated rule; empty when clean. Of a
 * sandboxed frame only its name is asked for: what is in it is the content of somebody's mail.
 */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(accessibilityRules)
    .exclude(silentFrames)
    .exclude(announcements)
    .analyze();
  const nameless = await page.locator(`${silentFrames}:not([title])`).count();
  return [
    ...violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(nameless > 0 ? [`frame-title: ${nameless} frames without a title`] : []),
  ];
}
