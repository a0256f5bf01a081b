using KommoFunctions.Accounts;

namespace KommoFunctions.Connecting;

/// <summary>What came of connecting an account.</summary>
/// <param name="Account">The account; its <see cref="KommoAccount.Hooks"/> tell whether Kommo will send what happens in it.</param>
/// <param name="IsAdministratorKept">
/// Whether the account stays as an administrator connected it: who allowed the integration this time is none, and the tokens of an ordinary user can do less.
/// </param>
public sealed record ConnectOutcome(KommoAccount Account, bool IsAdministratorKept = false);
