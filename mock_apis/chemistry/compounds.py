"""Common compounds: English name, other name or empty, formula."""

COMPOUNDS = tuple(
    (name, other, formula)
    for name, other, formula in (
        line.split("|")
        for line in """
water|ice|H2O
hydrogen peroxide||H2O2
hydrochloric acid|hydrogen chloride|HCl
hydrogen fluoride|hydrofluoric acid|HF
sulfuric acid|oil of vitriol|H2SO4
nitric acid|aqua fortis|HNO3
phosphoric acid|orthophosphoric acid|H3PO4
carbonic acid||H2CO3
boric acid||H3BO3
hydrogen sulfide||H2S
hydrogen cyanide|prussic acid|HCN
ammonia||NH3
hydrazine||N2H4
nitrous oxide|laughing gas|N2O
nitric oxide|nitrogen monoxide|NO
nitrogen dioxide||NO2
carbon monoxide||CO
carbon dioxide|dry ice|CO2
sulfur dioxide||SO2
sulfur trioxide||SO3
sulfur hexafluoride||SF6
silicon dioxide|silica, quartz|SiO2
titanium dioxide||TiO2
aluminium oxide|alumina|Al2O3
iron(II) oxide||FeO
iron(III) oxide|haematite|Fe2O3
iron(II,III) oxide|magnetite|Fe3O4
copper(II) oxide||CuO
zinc oxide||ZnO
magnesium oxide|magnesia|MgO
calcium oxide|quicklime|CaO
calcium hydroxide|slaked lime|Ca(OH)2
magnesium hydroxide|milk of magnesia|Mg(OH)2
sodium hydroxide|caustic soda, lye|NaOH
potassium hydroxide|caustic potash|KOH
lithium hydroxide||LiOH
barium hydroxide||Ba(OH)2
aluminium hydroxide||Al(OH)3
sodium chloride|table salt|NaCl
potassium chloride||KCl
calcium chloride||CaCl2
magnesium chloride||MgCl2
silver chloride||AgCl
iron(III) chloride||FeCl3
aluminium chloride||AlCl3
ammonium chloride|sal ammoniac|NH4Cl
sodium fluoride||NaF
calcium fluoride|fluorite|CaF2
potassium iodide||KI
potassium bromide||KBr
sodium hypochlorite|bleach|NaClO
potassium chlorate||KClO3
sodium carbonate|soda ash|Na2CO3
sodium hydrogencarbonate|baking soda, sodium bicarbonate|NaHCO3
calcium carbonate|limestone, chalk|CaCO3
potassium carbonate|potash|K2CO3
copper(II) sulfate||CuSO4
sodium sulfate||Na2SO4
magnesium sulfate||MgSO4
barium sulfate|barite|BaSO4
calcium sulfate|anhydrite|CaSO4
ammonium sulfate||(NH4)2SO4
ammonium nitrate||NH4NO3
potassium nitrate|saltpetre|KNO3
sodium nitrate|Chile saltpetre|NaNO3
silver nitrate||AgNO3
lead(II) nitrate||Pb(NO3)2
calcium phosphate||Ca3(PO4)2
potassium permanganate||KMnO4
potassium dichromate||K2Cr2O7
sodium thiosulfate||Na2S2O3
pyrite|fool's gold|FeS2
zinc sulfide|sphalerite|ZnS
methane||CH4
ethane||C2H6
propane||C3H8
butane||C4H10
pentane||C5H12
hexane||C6H14
octane||C8H18
ethene|ethylene|C2H4
propene|propylene|C3H6
ethyne|acetylene|C2H2
benzene||C6H6
toluene|methylbenzene|C7H8
naphthalene||C10H8
methanol|wood alcohol|CH3OH
ethanol|alcohol|C2H5OH
propan-2-ol|isopropyl alcohol|C3H7OH
glycerol|glycerin|C3H8O3
ethylene glycol||C2H6O2
phenol||C6H5OH
formaldehyde|methanal|CH2O
acetaldehyde|ethanal|CH3CHO
acetone|propanone|C3H6O
diethyl ether|ether|C4H10O
formic acid|methanoic acid|HCOOH
acetic acid|ethanoic acid|CH3COOH
lactic acid||C3H6O3
oxalic acid||H2C2O4
citric acid||C6H8O7
benzoic acid||C7H6O2
ascorbic acid|vitamin C|C6H8O6
acetylsalicylic acid|aspirin|C9H8O4
paracetamol|acetaminophen|C8H9NO2
ibuprofen||C13H18O2
caffeine||C8H10N4O2
urea||CO(NH2)2
glucose|dextrose|C6H12O6
fructose||C6H12O6
sucrose|table sugar|C12H22O11
glycine||C2H5NO2
alanine||C3H7NO2
cholesterol||C27H46O
sodium acetate||CH3COONa
chloroform|trichloromethane|CHCl3
carbon tetrachloride|tetrachloromethane|CCl4
trinitrotoluene|TNT|C7H5N3O6
nitroglycerin||C3H5N3O9
""".strip().splitlines()
    )
)
