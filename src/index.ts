/**
 * The public API: data in, data out. Everything heavy (engines, parsers, drivers) is loaded by the function that needs
 * it, so importing this costs a few milliseconds and touches no file. Text for terminals is the command line's own.
 */
export {
  EndpointError,
  JournalError,
  LaunchError,
  QueryError,
  ShapeError,
  StoreError,
  ParseError,
  UsageError,
  VampiraError,
} from './errors.ts'
export type { EndpointFault, Place } from './errors.ts'
export { NAMESPACES } from './rdf/vocabulary.ts'

export { exitCodeOf as exitCodeOfProgram } from './capture/launch.ts'
export type { Ending } from './capture/launch.ts'
export type { KeptRun } from './recorder/keep-journal.ts'
export { recoverJournals } from './recorder/recover-journals.ts'
export type { Recovery } from './recorder/recover-journals.ts'
export { runAndRecord } from './recorder/run-and-record.ts'
export type { EndedRun, RunRequest } from './recorder/run-and-record.ts'
export type { RecordingSettings, Workplace } from './recorder/workplace.ts'

export type { AskedRecords, ListedRun, Part, RunEntry, RunWriter, Store, StoredGraph } from './store/store.ts'
export { openStore } from './store/open-store.ts'
export { resolveRun } from './store/resolve-run.ts'
export { findStoreFolder } from './store/directory/find-store.ts'
export type { Credentials, Endpoint, Layout } from './sparql/endpoint.ts'
export { listGraphsThere, listPushedRuns, listUnpushed } from './store/sparql/list-pushed.ts'
export { removeDeadProbes } from './store/sparql/dead-probes.ts'
export { pushRun } from './store/sparql/push-run.ts'
export type { PushedGraph, PushedRun, PushOptions, PushProgress } from './store/sparql/push-run.ts'
export { recogniseEndpoint } from './sparql/recognise-endpoint.ts'
export { resolveEndpoint } from './sparql/resolve-endpoint.ts'
export type { StoreAddresses } from './sparql/resolve-endpoint.ts'

export { bindQuery, scopeOf } from './query/bind.ts'
export type { Parameters, ParameterValue } from './query/bind.ts'
export { catalogue, catalogueQuery } from './query/catalogue.ts'
export type { CatalogueQuery } from './query/catalogue.ts'
export type { QueryEngine, Scope } from './query/engine.ts'
export type { Answer, Row } from './sparql/answer.ts'
export { initStore } from './open/init-store.ts'
export { recordAnswer } from './open/record-answer.ts'
export { keepingOf, readKept } from './open/kept-content.ts'
export type { Keeping } from './open/kept-content.ts'
export { openWorkplace } from './open/open-workplace.ts'
export type { OpenedWorkplace } from './open/open-workplace.ts'
export { compileIgnorePatterns } from './ignore-patterns.ts'
export { readQualityRule } from './open/quality-rule.ts'
export type { QualityRule } from './open/quality-rule.ts'
export type { Settings } from './open/settings.ts'
export { openLocalStore, openSources } from './open/sources.ts'
export { openRecords } from './open/open-records.ts'
export type { SourceListener, Sources, WantedSources } from './open/sources.ts'
export { begunSince, chooseRuns } from './open/choose-runs.ts'
export type { RunChoice } from './open/choose-runs.ts'
export { openEngine } from './query/open-engine.ts'
export type { EngineOptions, EngineSource } from './query/open-engine.ts'
export { planReading, takesRuns } from './query/reading.ts'
export type { ReadableRun, Reading, ReadingRequest } from './query/reading.ts'
export { readQueryFile } from './query/query-file.ts'
export type { QueryColumn, QueryHeader, QueryParameter } from './query/query-header.ts'

export { findFileFormat, findFormat, formatOf, FORMATS, isGzipName } from './formats/formats.ts'
export type { Format, FormatCode, ParseOptions, ReadOptions } from './formats/format.ts'
export { serializeGraphs, serializeQuads } from './formats/serialize.ts'
export type { GraphText } from './formats/serialize.ts'
export { parseQuads, readQuads } from './formats/parse.ts'

export { checkCompleteness } from './validate/check-completeness.ts'
export type { CompletenessOptions, StoreCounts } from './validate/check-completeness.ts'
export { readTargets } from './validate/targets.ts'
export type { Target, TargetOptions } from './validate/targets.ts'
export { matrix } from './validate/completeness-matrix.ts'
export type { CompletenessMatrix, MatrixCell } from './validate/completeness-matrix.ts'
export type {
  CompletenessReport,
  Finding,
  NeedResult,
  RequirementResult,
  RequirementStatus,
  UseCaseResult,
} from './validate/completeness-report.ts'
export { readRequirementTable } from './validate/requirement-table.ts'
export type { Cell, Level, Requirement, RequirementTable, UseCase } from './validate/requirement-table.ts'

export { compareRuns } from './analyse/compare/compare-runs.ts'
export type { ComparedRun, RunComparison } from './analyse/compare/compare-runs.ts'
export { diffRuns } from './analyse/compare/diff-runs.ts'
export type { ExplainedComparison, Noise, RunDifferences } from './analyse/compare/diff-runs.ts'
export type { DifferenceCause } from './analyse/compare/difference-cause.ts'
export type { FunctionShare } from './analyse/compare/function-shares.ts'
export type { ResourceComparison } from './analyse/compare/compare-resources.ts'
export { compareCode } from './analyse/compare/compare-code.ts'
export type { CodeDifference } from './analyse/compare/compare-code.ts'
export type {
  ComponentDifference,
  EnvironmentDifference,
  FactDifference,
  Sides,
  ParameterDifference,
} from './analyse/compare/run-differences.ts'
export type { DataFacts } from './analyse/data-facts.ts'
export type { FileDifference } from './analyse/compare/compare-files.ts'
export type { QualityDifference, ResultDifference } from './analyse/compare/compare-results.ts'
export { findDivergence } from './analyse/divergence/divergence.ts'
export type { DataDifference, Divergence, DivergingCall } from './analyse/divergence/divergence.ts'
export type { UnalignedCalls } from './analyse/divergence/unaligned-calls.ts'
export { impact, lineage } from './analyse/trace/walk.ts'
export type {
  OtherVersion,
  RemadeRun,
  Strength,
  AlikeRuns,
  Trace,
  TraceEdge,
  TraceNode,
  TraceOptions,
  TraceProgress,
  TraceStart,
} from './analyse/trace/trace.ts'
export { findSuspects } from './analyse/trace/suspects.ts'
export type { SuspectCause, Suspects } from './analyse/trace/suspects.ts'
export type { Suspicion } from './analyse/trace/suspicion.ts'
export type { Suspect } from './analyse/trace/suspect.ts'
export { Questions } from './analyse/questions.ts'
export type { AskedQuery } from './analyse/questions.ts'
export type { Abstention, UseCaseAnswer } from './analyse/use-case-answer.ts'
export { advise } from './analyse/advise/advise.ts'
export type { Advice, TriedAnswer } from './analyse/advise/advise.ts'
export type { Matter } from './analyse/advise/matter.ts'
export { findAnomalies } from './analyse/anomalies/anomalies.ts'
export type { Anomalies, Anomaly, RunAnomalies } from './analyse/anomalies/anomalies.ts'
export type { Cause } from './analyse/anomalies/cause.ts'
export type { Unusual } from './analyse/anomalies/unusual.ts'
export { recommendComponents } from './analyse/recommend-components/recommend-components.ts'
export type {
  RecommendedComponent,
  RecommendedComponents,
} from './analyse/recommend-components/recommend-components.ts'
export { alternativeComponents } from './analyse/recommend-components/alternative-components.ts'
export type {
  AlternativeComponent,
  AlternativeComponents,
  ComponentOutcomes,
} from './analyse/recommend-components/alternative-components.ts'
export type { HeldOut } from './analyse/recommend-components/held-out.ts'
export { parameterValues } from './analyse/parameter-values/parameter-values.ts'
export type { ParameterHistogram, ParameterValues } from './analyse/parameter-values/parameter-values.ts'
export type { Bar, Histogram } from './analyse/parameter-values/histogram.ts'
export { recommendParameters } from './analyse/recommend-parameters/recommend-parameters.ts'
export type {
  RecommendedParameters,
  SettingAdvice,
  Wish,
} from './analyse/recommend-parameters/recommend-parameters.ts'
export type { Aim, LevelOutcome } from './analyse/recommend-parameters/compared.ts'
export type { ComputedSetting } from './analyse/recommend-parameters/computed-settings.ts'
export type { Combination } from './analyse/recommend-parameters/pareto-front.ts'
export { similarPipelines } from './analyse/similar/similar-pipelines.ts'
export type {
  SharedComponent,
  SimilarPipeline,
  SimilarPipelines,
} from './analyse/similar/similar-pipelines.ts'
export { planStorage } from './analyse/storage/storage-plan.ts'
export type { PlannedRuns } from './analyse/storage/storage-plan.ts'
export type { PlannedFile, StorageCosts, StoragePlan } from './analyse/storage/planned-file.ts'
export type { StoragePrices } from './analyse/storage/prices.ts'
export type { UseRate } from './analyse/storage/use-rate.ts'
export type { MustKeep } from './analyse/storage/remaking.ts'
export type { LookAtFile } from './analyse/storage/present-files.ts'
export { predictPipeline } from './analyse/predict/predict-pipeline.ts'
export type { ComponentPrediction, PipelinePrediction } from './analyse/predict/predict-pipeline.ts'
export { predictScript } from './analyse/predict/predict-script.ts'
export type { CallPrediction, ScriptPrediction, SummedEstimate } from './analyse/predict/predict-script.ts'
export { readPythonCalls } from './analyse/python-calls.ts'
export type { PythonCall, PythonCalls } from './analyse/python-calls.ts'
export type { Estimate } from './analyse/predict/estimate.ts'
export type { Evaluation, ModelErrors } from './analyse/predict/evaluate.ts'
export type { Wanted } from './analyse/predict/explaining.ts'
export type { Measure, RunInputs } from './analyse/predict/run-costs.ts'
export { originalOf } from './analyse/rerun/needs.ts'
export { environmentOf, rerunRun } from './rerun/rerun-run.ts'
export type { EnvironmentFormat } from './rerun/export-environment.ts'
export { refuseFilled } from './rerun/place-files.ts'
export type {
  Attempt,
  BeganIn,
  FileOutcome,
  Obstacle,
  Rerun,
  RerunCheck,
  RerunOptions,
  RestoredFile,
  Verdict,
} from './rerun/rerun.ts'
export type { SurroundingDifference } from './analyse/rerun/surrounding-differences.ts'
export { compareContents } from './contents/compare-contents.ts'
export type { ComparisonOptions, ContentsComparison } from './contents/compare-contents.ts'
export { listRunFiles } from './analyse/run-files.ts'
export type { RunFile } from './analyse/run-files.ts'
export { inspectRun } from './analyse/inspect-run.ts'
export type { FileAt, FileOverview, FunctionOverview, RunInspection } from './analyse/inspect-run.ts'

export { toCsv, toSparqlJson, toTsv } from './report/format-answer.ts'
