using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Adds an element to a list: a product, an invoice... (Kommo: Lists, elements).</summary>
/// <param name="CatalogId">The list.</param>
/// <param name="Element">The element.</param>
/// <example><code>context.Send(new CreateCatalogElement(products, new NewCatalogElement { Name = "Chair" }));</code></example>
public sealed record CreateCatalogElement(long CatalogId, NewCatalogElement Element) : KommoCommand
{
    internal override string Lane => CatalogLanes.CreateIn(CatalogId);

    internal override object Item => Element;

    internal override void Require()
    {
        CommandCheck.Id(CatalogId, "A list");
        CommandCheck.Item(Element);
        CommandCheck.Text(Element.Name, "An element's name");
    }
}

/// <summary>Changes fields of an element of a list (Kommo: Lists, elements).</summary>
/// <param name="CatalogId">The list.</param>
/// <param name="Update">The fields that change.</param>
/// <example><code>context.Send(new UpdateCatalogElement(products, new CatalogElementUpdate { Id = chair, Name = "Armchair" }));</code></example>
public sealed record UpdateCatalogElement(long CatalogId, CatalogElementUpdate Update) : KommoCommand
{
    internal override string Lane => CatalogLanes.UpdateIn(CatalogId);

    internal override object Item => Update;

    internal override void Require()
    {
        CommandCheck.Id(CatalogId, "A list");
        CommandCheck.Update(Update);
    }
}
