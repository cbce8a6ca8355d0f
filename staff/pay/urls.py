"""Pay: ranges, points, funding and money."""

from django.urls import URLPattern, path

from staff.pay.views import money, pages, records

urlpatterns: list[URLPattern] = [
    path("asts/<int:pk>/pay/", pages.pay, name="pay"),
    path("asts/<int:pk>/pay/range/", pages.range_add, name="pay_range_add"),
    path("pay-ranges/<int:pk>/change/", pages.range_change, name="pay_range_change"),
    path("pay-ranges/<int:pk>/approve/", pages.range_approve, name="pay_range_approve"),
    path("pay-ranges/<int:pk>/send-back/", pages.range_refuse, name="pay_range_refuse"),
    path("pay-ranges/<int:pk>/withdraw/", pages.range_withdraw, name="pay_range_withdraw"),
    path("pay-ranges/<int:pk>/talked-over/", pages.range_talked, name="pay_range_talked"),
    path("asts/<int:pk>/pay/point/", records.point_add, name="pay_point_add"),
    path("pay-points/<int:pk>/change/", records.point_change, name="pay_point_change"),
    path("pay-points/<int:pk>/remove/", records.point_remove, name="pay_point_remove"),
    path("asts/<int:pk>/pay/allowances/", records.allowances, name="pay_allowances"),
    path("asts/<int:pk>/pay/contract/", records.contract, name="pay_contract"),
    path("asts/<int:pk>/pay/contract/decide/", records.contract_decide, name="pay_contract_decide"),
    path("asts/<int:pk>/funding/", records.funding, name="funding"),
    path("asts/funding/<int:pk>/remove/", records.funding_remove, name="funding_remove"),
    path("asts/<int:pk>/pay/income/", records.income_add, name="pay_income_add"),
    path("pay-income/<int:pk>/change/", records.income_change, name="pay_income_change"),
    path("pay-income/<int:pk>/remove/", records.income_remove, name="pay_income_remove"),
    path("income-and-cost/", money.income_and_cost, name="pay_gaps"),
    *money.FigurePages().urls(),
]
