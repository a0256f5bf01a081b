metadata description = 'What somebody should know before Kommo, a customer or the bill tells them. Each rule asks a metric that the app emits.'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('What the rules\' names begin with.')
param prefix string

@description('Name of the action group.')
param actionGroupName string

@description('Who gets an e-mail. Empty: nobody; the alerts are in the portal.')
param email string

@description('Name of the Application Insights component.')
param componentName string

@description('Bad answers to hooks within two hours at which an alert is raised.')
param hookFailureThreshold int

@description('Seconds for which a message may be due before its processing begins, at which an alert is raised.')
param messageAgeThreshold int

@description('What a rule asks, and when it is raised.')
type rule = {
  @description('Last part of the rule\'s name.')
  name: string

  @description('What happened and what to do, for whoever is woken by it.')
  description: string

  @description('0 critical, 1 error, 2 warning.')
  severity: 0 | 1 | 2

  @description('KQL over customMetrics that ends with one row and the column Value.')
  query: string

  @description('Raised when Value is greater.')
  threshold: int

  @description('How far back it looks.')
  window: 'PT15M' | 'PT30M' | 'PT1H' | 'PT2H'

  @description('How often it is asked. The more often, the dearer.')
  every: 'PT5M' | 'PT15M'
}

var rules rule[] = [
  {
    name: 'hook-failures'
    description: 'Hooks are answered badly. After more than 100 bad answers in two hours Kommo switches the subscription off. 503: storage is away. 401: the address is wrong, or somebody tries addresses. 413: a hook above the size limit.'
    severity: 1
    query: 'customMetrics | where name == "kommo.hooks" | where toint(customDimensions["http.response.status_code"]) >= 300 | summarize Value = coalesce(sum(valueSum), 0.0)'
    threshold: hookFailureThreshold
    window: 'PT2H'
    every: 'PT5M'
  }
  {
    name: 'dead-letters'
    description: 'Something could not be processed. Look at GET /api/dead-letters for the reason, then replay or discard it.'
    severity: 2
    query: 'customMetrics | where name == "kommo.dead_letters" | where tostring(customDimensions["reason"]) != "poison" | summarize Value = coalesce(sum(valueSum), 0.0)'
    threshold: 0
    window: 'PT15M'
    every: 'PT15M'
  }
  {
    name: 'poison'
    description: 'A message brought its function down as often as the trigger allows. It is a dead letter now; the reason is in the exceptions of the function.'
    severity: 1
    query: 'customMetrics | where name == "kommo.dead_letters" | where tostring(customDimensions["reason"]) == "poison" | summarize Value = coalesce(sum(valueSum), 0.0)'
    threshold: 0
    window: 'PT15M'
    every: 'PT15M'
  }
  {
    name: 'block'
    description: 'Kommo blocks the app: it answers with an HTML page and status 403. The app leaves the host alone for 15 minutes at a time; only Kommo\'s support lifts a block. The log says which host: "Kommo blocks".'
    severity: 0
    query: 'customMetrics | where name == "kommo.blocks" | summarize Value = coalesce(sum(valueSum), 0.0)'
    threshold: 0
    window: 'PT15M'
    every: 'PT15M'
  }
  {
    name: 'token-life'
    description: 'A token has less than six hours left. They live for a day and are refreshed after half of it, so refreshing has failed for six hours; a long-lived token is about to end. See GET /api/accounts for which, and authorize it again.'
    severity: 1
    query: 'customMetrics | where name == "kommo.token.life.shortest" | summarize Least = min(valueSum / valueCount) | project Value = iff(Least < 21600, 1.0, 0.0)'
    threshold: 0
    window: 'PT30M'
    every: 'PT15M'
  }
  {
    name: 'queue-stuck'
    description: 'For half an hour messages were put into a queue and none of them was begun: a queue function does not run. See FunctionAppLogs in the workspace.'
    severity: 0
    // What was put in within the last ten minutes may be begun, and reported, after the question.
    query: 'customMetrics | where name in ("kommo.messages.queued", "kommo.messages.age") | extend In = iff(name == "kommo.messages.queued" and timestamp < ago(10m), valueSum, 0.0), Begun = iff(name == "kommo.messages.age", todouble(valueCount), 0.0) | summarize In = sum(In), Begun = sum(Begun) by Queue = tostring(customDimensions["queue"]) | summarize Value = todouble(countif(In > 0 and Begun == 0))'
    threshold: 0
    window: 'PT30M'
    every: 'PT15M'
  }
  {
    name: 'queue-age'
    description: 'Messages wait in a queue for longer than they should: more come in than are processed, or a function crashes on them. The tag "queue" says which. Delays that were meant, and replays, do not count.'
    severity: 1
    query: 'customMetrics | where name == "kommo.messages.age" | summarize Value = coalesce(max(valueMax), 0.0)'
    threshold: messageAgeThreshold
    window: 'PT15M'
    every: 'PT15M'
  }
  {
    name: 'putting-back'
    description: 'Messages are put back faster than they are done: Kommo, storage or the vault is away, or the limit of an account is reached for long. The tag "reason" says which.'
    severity: 2
    query: 'customMetrics | where name in ("kommo.messages.put_back", "kommo.events") | summarize PutBack = sumif(valueSum, name == "kommo.messages.put_back"), Done = sumif(valueSum, name == "kommo.events" and tostring(customDimensions["outcome"]) != "queued") | project Value = iff(PutBack > 100 and PutBack > 10 * Done, 1.0, 0.0)'
    threshold: 0
    window: 'PT1H'
    every: 'PT15M'
  }
  {
    name: 'account-over-budget'
    description: 'An account brings more events than KommoFunctions:FairShare:EventsPerDay plans for. They are handled, and paid for. The log says which account: "brings more than". See what causes them: an import, a robot in Kommo, two integrations that answer each other.'
    severity: 2
    query: 'customMetrics | where name == "kommo.account.over_budget" | summarize Value = coalesce(sum(valueSum), 0.0)'
    threshold: 0
    window: 'PT1H'
    every: 'PT15M'
  }
]

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'kommo'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource queries 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${prefix}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${prefix}-${rule.name}'
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [
        component.id
      ]
      evaluationFrequency: rule.every
      windowSize: rule.window
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(email) ? [] : [actionGroup.id]
      }
    }
  }
]
