using Kommo;

namespace KommoFunctions.Accounts;

/// <summary>An account and the clients that work for it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kommo">For what somebody waits for.</param>
/// <param name="Background">For what nobody waits for: the others' requests go before.</param>
/// <param name="ReadAt">When the account was read.</param>
internal sealed record AccountSession(KommoAccount Account, KommoClient Kommo, KommoClient Background, long ReadAt);
