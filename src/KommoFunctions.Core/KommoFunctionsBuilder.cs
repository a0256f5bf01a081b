using KommoFunctions.Chats;
using KommoFunctions.Handling;
using KommoFunctions.Salesbot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KommoFunctions;

/// <summary>Adds your handlers to the integration.</summary>
public sealed class KommoFunctionsBuilder
{
    /// <summary>The configuration section of all settings but the storage connection.</summary>
    public const string Section = "KommoFunctions";

    private readonly HandlerRegistry _registry;

    internal KommoFunctionsBuilder(IServiceCollection services, HandlerRegistry registry)
    {
        Services = services;
        _registry = registry;
    }

    /// <summary>The services, for what your handlers need.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Registers a handler, which is made anew for each event, with its constructor's services. The account's hook subscription is made from the
    /// kinds of events that have handlers.
    /// </summary>
    /// <typeparam name="THandler">A class with <see cref="IEventHandler{TEvent}"/> once or several times.</typeparam>
    /// <param name="ownWrites">
    /// Whether it gets the events that the outbox's own commands cause, too. Default no: a handler that writes would be called by what it wrote,
    /// again and again. What is written through <see cref="EventContext.Kommo"/> is not recognised: send it, or compare before you write.
    /// </param>
    /// <exception cref="ArgumentException">The class handles no event.</exception>
    public KommoFunctionsBuilder AddHandler<THandler>(bool ownWrites = false)
        where THandler : class
    {
        _registry.Add(typeof(THandler), ownWrites);
        Services.TryAddScoped<THandler>();
        return this;
    }

    /// <summary>Registers the code behind Salesbot steps (<c>widget_request</c>) that name this app's <c>/api/salesbot</c>. Several run one after the other.</summary>
    /// <typeparam name="THandler">Made anew for each request, with its constructor's services.</typeparam>
    public KommoFunctionsBuilder AddSalesbotHandler<THandler>()
        where THandler : class, ISalesbotHandler
    {
        Services.TryAddScoped<THandler>();
        Services.AddScoped<ISalesbotHandler>(services => services.GetRequiredService<THandler>());
        return this;
    }

    /// <summary>Registers the code for the hooks of your chat channel. Several run one after the other.</summary>
    /// <typeparam name="THandler">Made anew for each hook, with its constructor's services.</typeparam>
    public KommoFunctionsBuilder AddChatHandler<THandler>()
        where THandler : class, IChatHandler
    {
        Services.TryAddScoped<THandler>();
        Services.AddScoped<IChatHandler>(services => services.GetRequiredService<THandler>());
        return this;
    }
}
