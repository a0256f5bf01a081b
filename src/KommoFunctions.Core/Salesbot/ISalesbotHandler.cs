using Kommo;
using KommoFunctions.Handling;

namespace KommoFunctions.Salesbot;

/// <summary>
/// Your code behind a Salesbot step. The bot waits until it is continued with <see cref="SalesbotClient.ContinueAsync"/> of
/// <see cref="EventContext.Kommo"/>: by this handler, or by any other code later. Register it with
/// <see cref="KommoFunctionsBuilder.AddSalesbotHandler{THandler}"/>.
/// </summary>
/// <remarks>It may run more than once for one request, after a crash: a bot that was continued is continued no second time by Kommo.</remarks>
public interface ISalesbotHandler
{
    /// <summary>Handles one request. An exception has it tried again, as with events.</summary>
    Task HandleAsync(SalesbotRequest request, EventContext context, CancellationToken cancellationToken);
}
