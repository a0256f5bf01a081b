metadata description = 'Logs, traces and metrics: one workspace and one Application Insights component in it, both without keys.'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the Log Analytics workspace.')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Name of the Application Insights component.')
@minLength(1)
@maxLength(255)
param componentName string

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // The connection string then only says where to send; who may send is a role.
    DisableLocalAuth: true
  }
}

@description('Where telemetry goes. No secret: sending takes the role Monitoring Metrics Publisher.')
output connectionString string = component.properties.ConnectionString
