using KommoFunctions.Failures;

namespace KommoFunctions.DeadLetters;

/// <summary>What an operator can do about a dead letter, in a sentence.</summary>
internal static class Advice
{
    public static string Of(string reason) => reason switch
    {
        DeadLetterReasons.Unreadable => "Give it a valid body, with the account that it is for, and replay it; or discard it.",
        DeadLetterReasons.NotAHook => "Correct the body and replay it; discard what is not from Kommo.",
        DeadLetterReasons.AccountMismatch => "See who posts to this account's hook address. Correct the account in the body and replay it, or discard it.",
        DeadLetterReasons.TooManyEvents =>
            "If it is Kommo's and worth its price, raise KommoFunctions:Intake:MaxEventsPerHook and replay it; or discard it.",
        DeadLetterReasons.UnknownAccount => "Connect the account, then replay it.",
        DeadLetterReasons.AccountRemoved => "Connect the account again, then replay it; or discard it.",
        DeadLetterReasons.NoHandler => "Register a handler and deploy the app, then replay it.",
        DeadLetterReasons.HandlerFailed => "Mend the handler and deploy the app, or correct the body; then replay it.",
        DeadLetterReasons.Refused => "Correct the command, or what is missing in Kommo (a field, a right, an entity); then replay it.",
        DeadLetterReasons.InDoubt => "Look in Kommo: discard it if it was carried out, replay it if it was not.",
        DeadLetterReasons.GaveUp => "See that what was away is back, then replay it.",
        DeadLetterReasons.Poison => "See in the log what brought the function down, mend it and deploy the app, then replay it.",
        _ => "Read the last error; then replay it, correct the body, or discard it.",
    };
}
