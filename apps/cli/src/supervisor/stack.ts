import { mkdir } from 'node:fs/promises';
import { embeddedDkimKey } from '@wedsync/platform/embedded/dkim-key';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { embeddedInboundCertificate } from '@wedsync/platform/embedded/inbound-certificate';
import type { MailCatcher } from '@wedsync/platform/embedded/mail-catcher';
import type { SmsSimulator } from '@wedsync/platform/embedded/sms-simulator';
import { type DemoData, seedDemoData } from './demo-data.ts';
import {
  type Database,
  openDatabase,
  openMail,
  openSms,
  type StartContext,
} from './embedded-parts.ts';
import { buildFrontend, frontends } from './frontends.ts';
import { requirePort } from './port-owner.ts';
import { type AppProcesses, startProcesses } from './processes.ts';
import { bringSchemaUpToDate } from './schema.ts';
import { bounceDomain, type Ports, type VariableParts } from './variables.ts';

export interface StackOptions {
  context: StartContext;
  ports: Ports;
  /** Build and serve web and admin; the demo needs neither, development serves them by vite. */
  buildFrontends: boolean;
  origins?: VariableParts['origins'];
}

/** Everything that runs after a start. */
export interface Stack {
  database: Database;
  mail: MailCatcher | undefined;
  sms: SmsSimulator | undefined;
  demo: DemoData;
  processes: AppProcesses;
  parts: VariableParts;
}

/**
 * Brings up a whole WedSync in order. What can go on side by side does: bundles are built while the
 * database comes up. Each part registers its own end with the context's shutdown.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { context, ports, origins } = options;
  const { installation, env, given } = context;
  await mkdir(installation.state, { recursive: true });
  await requirePort(ports.web, 'WEB_PORT', env.HOST);
  await requirePort(ports.admin, 'ADMIN_PORT', env.HOST);
  const [{ database, demo, mail, sms }] = await Promise.all([
    openData(context, ports),
    options.buildFrontends ? buildAll(context) : undefined,
  ]);
  stopHereWhenAsked(context);
  const parts: VariableParts = {
    given,
    database,
    mail,
    sms,
    dkimKeyFile: await embeddedDkimKey(installation.dkimKeyFile),
    inboundTls: await embeddedInboundCertificate(installation.state, bounceDomain),
    ports,
    ...(origins && { origins }),
  };
  const processes = await startProcesses(context, parts);
  return { database, mail, sms, demo, processes, parts };
}

async function openData(context: StartContext, ports: Ports) {
  const database = await openDatabase(context);
  stopHereWhenAsked(context);
  await bringSchemaUpToDate(context, database);
  stopHereWhenAsked(context);
  const demo = await seedDemoData(database);
  const mail = await openMail(context, database.secrets.MAIL_CATCHER_TOKEN);
  const sms = await openSms(context, database.secrets, ports.web);
  return { database, demo, mail, sms };
}

async function buildAll(context: StartContext): Promise<void> {
  const step = context.terminal.step('Frontends');
  const built = await Promise.all(frontends.map((app) => buildFrontend(app, context.installation)));
  const fresh = frontends.filter((_, index) => built[index]);
  step.done(fresh.length > 0 ? `${fresh.join(' and ')} built` : 'unchanged');
}

/** Ctrl-C in the middle of a start: what is up is being stopped, and nothing more may come up. */
function stopHereWhenAsked(context: StartContext): void {
  if (context.shutdown.started) throw new StartStopped();
}

/** Not a failure: the person changed their mind. */
export class StartStopped extends Error {
  constructor() {
    super('The start was stopped.');
    this.name = 'StartStopped';
  }
}

/** Where bounces come in, unless somebody is there already. */
const inboundPort = 2526;

/** The ports a start will use: the worker's is moved aside when nobody asked for a certain one. */
export async function choosePorts({ env, given }: StartContext): Promise<Ports> {
  const worker = given.has('WORKER_PORT') ? env.WORKER_PORT : await findFreePort(env.WORKER_PORT);
  const inbound = env.INBOUND_SMTP_PORT ?? (await findFreePort(inboundPort));
  return { web: env.WEB_PORT, admin: env.ADMIN_PORT, worker, inbound };
}
