using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Source-generated metadata of lists, their elements, products and currencies.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Catalog))]
[JsonSerializable(typeof(NewCatalog))]
[JsonSerializable(typeof(CatalogUpdate))]
[JsonSerializable(typeof(CatalogElement))]
[JsonSerializable(typeof(NewCatalogElement))]
[JsonSerializable(typeof(CatalogElementUpdate))]
[JsonSerializable(typeof(ProductsSettings))]
[JsonSerializable(typeof(ProductsSettingsUpdate))]
[JsonSerializable(typeof(Currency))]
internal sealed partial class CatalogsJsonContext : JsonSerializerContext;
