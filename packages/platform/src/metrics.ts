import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, from a cached read to a job that is about to be given up. */
export const durationBucketsS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

export interface MetricDefinition<Label extends string> {
  /** snake_case with the unit last, as Prometheus asks: `wedsync_db_query_duration_seconds`. */
  name: string;
  help: string;
  labels?: readonly Label[];
}
export interface HistogramDefinition<Label extends string> extends MetricDefinition<Label> {
  buckets?: readonly number[];
}
export interface GaugeDefinition<Label extends string> extends MetricDefinition<Label> {
  /** Called at each scrape to set the current value. */
  collect?: (gauge: Gauge<Label>) => void | Promise<void>;
}

/** One process's metrics. A name asked for twice yields the same metric. */
export interface Metrics {
  readonly registry: Registry;
  counter<Label extends string>(definition: MetricDefinition<Label>): Counter<Label>;
  gauge<Label extends string>(definition: GaugeDefinition<Label>): Gauge<Label>;
  histogram<Label extends string>(definition: HistogramDefinition<Label>): Histogram<Label>;
  /** The body of /metrics in the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsOptions {
  service: string;
  /** Also collect CPU, memory, event loop lag and garbage collection of this process. */
  processMetrics?: boolean;
}

export function createMetrics({ service, processMetrics = true }: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (processMetrics) collectDefaultMetrics({ register: registry });
  return {
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counter: (definition) =>
      existing(registry, definition.name, Counter) ??
      new Counter({ ...plain(definition), registers: [registry] }),
    gauge: (definition) =>
      existing(registry, definition.name, Gauge) ?? gauge(registry, definition),
    histogram: (definition) =>
      existing(registry, definition.name, Histogram) ??
      new Histogram({
        ...plain(definition),
        buckets: [...(definition.buckets ?? durationBucketsS)],
        registers: [registry],
      }),
  };
}

function plain<Label extends string>({ name, help, labels }: MetricDefinition<Label>) {
  return { name, help, labelNames: [...(labels ?? [])] };
}

function gauge<Label extends string>(registry: Registry, definition: GaugeDefinition<Label>) {
  const { collect } = definition;
  const made: Gauge<Label> = new Gauge({
    ...plain(definition),
    registers: [registry],
    ...(collect ? { collect: () => collect(made) } : {}),
  });
  return made;
}

function existing<T>(
  registry: Registry,
  name: string,
  kind: abstract new (...args: never[]) => T,
): T | undefined {
  const found: unknown = registry.getSingleMetric(name);
  if (found === undefined) return undefined;
  if (found instanceof kind) return found;
  throw new TypeError(`The metric ${name} exists already and is of another kind.`);
}
