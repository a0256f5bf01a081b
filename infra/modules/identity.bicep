metadata description = 'The one identity the app runs as: everything it may do in Azure is a role given to this identity.'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the identity.')
@minLength(3)
@maxLength(128)
param name string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Client id, by which the app names the identity when it asks for a token.')
output clientId string = identity.properties.clientId
