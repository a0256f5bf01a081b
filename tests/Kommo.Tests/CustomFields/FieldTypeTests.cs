using System.Text.Json;

namespace Kommo.Tests.CustomFields;

public sealed class FieldTypeTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>Each of Kommo's field types with the shape that its values have on the wire.</summary>
    public static TheoryData<string, CustomFieldValue, string> Types() => new()
    {
        { "text, textarea, url, streetaddress, tracking_data", "x", """{"value":"x"}""" },
        { "numeric, price, monetary", 12.50m, """{"value":"12.50"}""" },
        { "checkbox", true, """{"value":true}""" },
        { "date, date_time, birthday", Time, """{"value":1700000000}""" },
        { "select, multiselect, radiobutton, category by id", CustomFieldValue.Option(3), """{"enum_id":3}""" },
        { "select, multiselect, radiobutton, category by code", CustomFieldValue.Option("HOT"), """{"enum_code":"HOT"}""" },
        { "multitext, telephone", CustomFieldValue.Phone("1555", PhoneKind.WorkDirect), """{"value":"1555","enum_code":"WORKDD"}""" },
        { "multitext, e-mail", CustomFieldValue.Email("ann@example.com", EmailKind.Private), """{"value":"ann@example.com","enum_code":"PRIV"}""" },
        { "smart_address, line", CustomFieldValue.AddressPart(AddressPart.AddressLine1, "1 Road"), """{"value":"1 Road","enum_code":"address_line_1"}""" },
        { "smart_address", CustomFieldValue.AddressPart(AddressPart.Country, "US"), """{"value":"US","enum_code":"country"}""" },
        { "legal_entity", CustomFieldValue.Of(new LegalEntityValue { Name = "Firm", EntityType = 2, VatId = "77" }), """{"value":{"name":"Firm","entity_type":2,"vat_id":"77"}}""" },
        {
            "items",
            CustomFieldValue.Of(new InvoiceItemValue { Sku = "s", UnitPrice = 2.5m, Quantity = 3, Discount = new(DiscountType.Percentage, 10) }),
            """{"value":{"sku":"s","unit_price":2.5,"quantity":3,"discount":{"type":"percentage","value":10}}}"""
        },
        { "linked_entity", CustomFieldValue.Of(new LinkedEntityValue { EntityId = 5, EntityType = EntityType.Contacts }), """{"value":{"entity_id":5,"entity_type":"contacts"}}""" },
        { "chained_list", CustomFieldValue.ChainedElement(1, 2), """{"catalog_id":1,"catalog_element_id":2}""" },
        { "file", CustomFieldValue.Of(new FileFieldValue { FileUuid = "f", VersionUuid = "v", FileName = "n", FileSize = 9 }), """{"value":{"file_uuid":"f","version_uuid":"v","file_name":"n","file_size":9}}""" },
        { "payer, supplier", CustomFieldValue.Of(new PartyValue { Name = "Firm", EntityId = 4, EntityType = EntityType.Companies }), """{"value":{"name":"Firm","entity_id":4,"entity_type":"companies"}}""" },
    };

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void A_value_is_written_in_the_shape_of_its_type_and_read_again(string type, CustomFieldValue value, string json)
    {
        Assert.NotEmpty(type);
        Assert.Equal(json, JsonSerializer.Serialize(value, KommoJson.Options));

        var read = JsonSerializer.Deserialize(json, KommoJson.TypeOf<CustomFieldValue>())!;

        Assert.Equal(json, JsonSerializer.Serialize(read, KommoJson.Options));
        Assert.Null(read.AdditionalFields);
    }

    [Fact]
    public void Values_are_read_by_their_meaning()
    {
        var field = JsonSerializer.Deserialize("""
            {"field_id":1,"values":[{"value":"12.5"},{"value":"1"},{"value":"2023-11-14T22:13:20+00:00"},{"value":{"name":"Firm"}},{"value":{"other":1}}]}
            """, KommoJson.TypeOf<CustomFieldValues>())!;

        Assert.Equal(12.5m, field.Values![0].Number);
        Assert.True(field.Values[1].IsChecked);
        Assert.Equal(Time, field.Values[2].Time);
        Assert.Equal("Firm", field.Values[3].Read<LegalEntityValue>()!.Name);
        Assert.Null(field.Values[4].Read<LegalEntityValue>());
        Assert.Null(field.Values[0].Read<FileFieldValue>());
    }

    [Fact]
    public void Telephones_and_addresses_go_to_the_fields_of_their_codes() => Assert.Equal(
        """[{"field_code":"PHONE","values":[{"value":"1555","enum_code":"WORK"}]},{"field_code":"EMAIL","values":[{"value":"a@example.com","enum_code":"WORK"}]},{"field_code":"POSITION","values":null}]""",
        JsonSerializer.Serialize(
            new NewLead { CustomFields = [CustomFieldValues.Phone("1555"), CustomFieldValues.Email("a@example.com"), CustomFieldValues.Clear("POSITION")] },
            KommoJson.Options)[24..^1]);
}
