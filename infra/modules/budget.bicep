metadata description = 'What the resource group may cost a month, and who hears of it.'

@description('Name of the budget.')
@minLength(1)
@maxLength(63)
param name string

@description('The amount a month, in the currency of the subscription\'s bill.')
@minValue(0)
param amount int

@description('First day of a month, as yyyy-MM-01.')
param start string

@description('Who gets the warnings. Empty: the subscription\'s owners.')
param email string

var receivers = empty(email)
  ? {
      contactEmails: []
      contactRoles: ['Owner']
    }
  : {
      contactEmails: [email]
      contactRoles: []
    }

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: start
    }
    notifications: {
      spent80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        ...receivers
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        ...receivers
      }
    }
  }
}
