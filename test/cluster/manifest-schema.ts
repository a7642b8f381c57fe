/**
 * The fields of Kubernetes that the manifests use, and no others, as strict schemas: names and types (batch/v1, v1)
 * as Kubernetes' own client for JavaScript, 2.0.1, has them, bounds as the server's own validation of Jobs has them.
 */
import { z } from 'zod';

/** RFC 1123, as Kubernetes reads it. */
const label = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
const subdomain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
const labelValue = z
  .string()
  .max(63)
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/);
const labels = z.strictObject({
  'app.kubernetes.io/name': labelValue,
  'app.kubernetes.io/instance': labelValue,
});
const configKey = z
  .string()
  .max(253)
  .regex(/^[-._a-zA-Z0-9]+$/);
const memory = z.string().regex(/^[1-9]\d*[MG]i$/);
const count = z.int().min(0).max(2_147_483_647);

export const configMapSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata: z.strictObject({ name: subdomain, labels }),
  immutable: z.boolean(),
  data: z.record(configKey, z.string()),
  binaryData: z.record(configKey, z.base64()).optional(),
});

const container = z.strictObject({
  name: label,
  image: z.string().min(1),
  command: z.array(z.string()).min(1),
  args: z.array(z.string()),
  workingDir: z.string(),
  env: z
    .array(z.strictObject({ name: z.string().regex(/^[A-Z_]+$/), value: z.string() }))
    .optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string().regex(/^[1-9]\d*$/), memory }),
    limits: z.strictObject({ memory }),
  }),
  volumeMounts: z.array(
    z.strictObject({
      name: label,
      mountPath: z.string().regex(/^\/[^:]*$/),
      readOnly: z.boolean().optional(),
    }),
  ),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
});

const volume = z.union([
  z.strictObject({
    name: label,
    configMap: z.strictObject({
      name: subdomain,
      items: z.array(
        z.strictObject({
          key: configKey,
          path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/),
        }),
      ),
    }),
  }),
  z.strictObject({
    name: label,
    persistentVolumeClaim: z.strictObject({ claimName: subdomain }),
  }),
]);

const template = z.strictObject({
  metadata: z.strictObject({ labels }),
  spec: z.strictObject({
    // the only one that podFailurePolicy allows
    restartPolicy: z.literal('Never'),
    terminationGracePeriodSeconds: count,
    automountServiceAccountToken: z.boolean(),
    enableServiceLinks: z.boolean(),
    securityContext: z.strictObject({
      runAsNonRoot: z.boolean(),
      runAsUser: count,
      runAsGroup: count,
      fsGroup: count,
      seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
    }),
    containers: z.tuple([container]),
    volumes: z.array(volume),
  }),
});

/** Either of the two requirements, never both; a value of `In` is never 0. */
const rule = z.union([
  z.strictObject({
    action: z.enum(['Ignore', 'FailJob', 'FailIndex', 'Count']),
    onExitCodes: z.strictObject({
      containerName: label,
      operator: z.literal('In'),
      values: z.array(z.int().min(1).max(255)).min(1).max(255),
    }),
  }),
  z.strictObject({
    action: z.enum(['Ignore', 'FailJob', 'FailIndex', 'Count']),
    onPodConditions: z
      .array(z.strictObject({ type: z.string(), status: z.enum(['True', 'False', 'Unknown']) }))
      .max(20),
  }),
]);
const podFailurePolicy = z.strictObject({ rules: z.array(rule).min(1).max(20) });
const named = z.strictObject({ name: label, labels });
const job = { apiVersion: z.literal('batch/v1'), kind: z.literal('Job'), metadata: named };

export const indexedJobSchema = z.strictObject({
  ...job,
  spec: z.strictObject({
    completionMode: z.literal('Indexed'),
    completions: count.max(100_000),
    parallelism: count.max(100_000),
    backoffLimitPerIndex: count,
    podFailurePolicy,
    template,
  }),
});

export const mergeJobSchema = z.strictObject({
  ...job,
  spec: z.strictObject({
    suspend: z.literal(true),
    backoffLimit: count,
    podFailurePolicy,
    template,
  }),
});

export type PodTemplate = z.infer<typeof template>;
